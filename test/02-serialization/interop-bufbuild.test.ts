import { throughBufbuild } from './interop/bufbuild.ts'
import { exchangesWith } from './interop/exchange.ts'

exchangesWith('@bufbuild/protobuf', throughBufbuild)
