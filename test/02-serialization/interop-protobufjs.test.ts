import { exchangesWith } from './interop/exchange.ts'
import { throughProtobufjs } from './interop/protobufjs.ts'

exchangesWith('protobufjs', throughProtobufjs)
