/** Mistakes that people make in code that makes code which reads, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const emitRead = 'solutions/02-serialization/emit-read.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'returns what reads a number, which then runs behind the fields that follow',
    file: emitRead,
    find: `    case 'u53':
      source.line(\`const \${value} = reader.varint()\`)
      return value`,
    replace: `    case 'u53':
      return 'reader.varint()'`,
    caughtBy: 'a struct of numbers, whose last field may be absent: the value is the one that compact reads',
    lists: [],
  },
  {
    name: 'reads as many items as there are bytes for, before it finds that the list claims more',
    file: emitRead,
    find: `  source.line(\`if (\${count} * \${lengthMin(item)} > reader.remaining) return undefined\`)
  source.line(\`const \${items} = []\`)`,
    replace: `  source.line(\`const \${items} = []\`)`,
    caughtBy: 'is refused before any of its items is read',
    lists: ['SE11'],
  },
  {
    name: 'holds the count of a list against the bytes as if each item had one',
    file: emitRead,
    find: `\${count} * \${lengthMin(item)} > reader.remaining`,
    replace: `\${count} > reader.remaining`,
    caughtBy: 'is refused before any of its items is read',
    lists: [],
  },
  {
    name: 'takes any byte but 0 for true',
    file: emitRead,
    find: `source.line(\`if (\${value} > 1) return undefined\`)
      return`,
    replace: `return`,
    caughtBy: 'a bool of 2',
    lists: [],
  },
  {
    name: 'cuts a u32 off at 32 bits',
    file: emitRead,
    find: `source.line(\`if (\${value} > 0xffffffff) return undefined\`)
      return value`,
    replace: `return \`(\${value} >>> 0)\``,
    caughtBy: 'a u32 of 2^32',
    lists: [],
  },
  {
    name: 'takes every pattern of bits that means NaN',
    file: emitRead,
    find: 'tools.readF64(reader)',
    replace: 'reader.f64()',
    caughtBy: 'another NaN',
    lists: [],
  },
  {
    name: 'reads undefined for a place behind the last literal',
    file: emitRead,
    find: `source.line(\`if (\${value} === undefined) return undefined\`)`,
    replace: '',
    caughtBy: 'a place behind the last literal, in a list',
    lists: [],
  },
  {
    name: 'makes room for as many items as a list says it has',
    file: emitRead,
    find: `  source.line(\`if (\${count} * \${lengthMin(item)} > reader.remaining) return undefined\`)
  source.line(\`const \${items} = []\`)`,
    replace: `  source.line(\`const \${items} = new Array(\${count})\`)
  source.line(\`if (\${count} * \${lengthMin(item)} > reader.remaining) return undefined\`)
  source.line(\`\${items}.length = 0\`)`,
    caughtBy: 'a list of more items than an array may have',
    lists: ['SE11'],
  },
  {
    name: 'takes keys in any order',
    file: emitRead,
    find: `source.line(\`if (\${index} > 0 && tools.compareKeys(\${previous}, \${key}) >= 0) return undefined\`)`,
    replace: '',
    caughtBy: 'a map whose keys are out of order',
    lists: [],
  },
  {
    name: 'takes the same key twice',
    file: emitRead,
    find: `tools.compareKeys(\${previous}, \${key}) >= 0`,
    replace: `tools.compareKeys(\${previous}, \${key}) > 0`,
    caughtBy: 'a map with the same key twice',
    lists: [],
  },
  {
    name: 'takes any byte but 0 for present',
    file: emitRead,
    find: `    source.line(\`if (\${presence} > 1) return undefined\`)
    source.line(\`let \${part}\`)
    source.line(\`if (\${presence} === 1) {\`)`,
    replace: `    source.line(\`let \${part}\`)
    source.line(\`if (\${presence} !== 0) {\`)`,
    caughtBy: 'a presence of 2',
    lists: [],
  },
  {
    name: 'the code that reads sets a field that is absent to undefined',
    file: emitRead,
    find: `optionals.push(\`if (\${part} !== undefined) \${object}.\${name} = \${part}\`)`,
    replace: `optionals.push(\`\${object}.\${name} = \${part}\`)`,
    caughtBy: 'leaves out a field that is absent',
    lists: [],
  },
  {
    name: 'declares a variable in the block in which it is set',
    file: emitRead,
    find: `    source.line(\`let \${part}\`)
    source.line(\`if (\${presence} === 1) {\`)`,
    replace: `    source.line(\`if (\${presence} === 1) {\`)
    source.line(\`let \${part}\`)`,
    caughtBy: 'a struct: the value is the one that compact reads',
    lists: [],
  },
  {
    name: 'forgets which case of a union it has read',
    file: emitRead,
    find: `[\`\${discriminator}: \${JSON.stringify(name)}\`]`,
    replace: '[]',
    caughtBy: 'a union: the value is the one that compact reads',
    lists: [],
  },
  {
    name: 'the code that reads sets a variable that nobody has declared',
    file: emitRead,
    find: `const \${object} = {`,
    replace: `\${object} = {`,
    caughtBy: 'a struct: the value is the one that compact reads',
    lists: [],
  },
  {
    name: 'holds the count of a list against all bytes of the message, also those before it',
    file: emitRead,
    find: `\${count} * \${lengthMin(item)} > reader.remaining`,
    replace: `\${count} * \${lengthMin(item)} > reader.bytes.length`,
    caughtBy: 'is refused before any of its items is read',
    lists: [],
  },
  {
    name: 'knows what a number takes at least, and not what a struct does',
    file: emitRead,
    find: `\${count} * \${lengthMin(item)} > reader.remaining`,
    replace: `\${count} * \${item.kind === 'f64' ? 8 : 1} > reader.remaining`,
    caughtBy: 'is refused before any of its items is read',
    lists: [],
  },
  {
    name: 'reads the numbers of a list in a faster way, which takes every NaN',
    file: emitRead,
    find: `\${items}.push(\${emitRead(source, item, 'item')})`,
    replace: `\${items}.push(\${item.kind === 'f64' ? 'reader.f64()' : emitRead(source, item, 'item')})`,
    caughtBy: 'another NaN, in a list',
    lists: [],
  },
  {
    name: 'gives the same array to every value that has an empty list',
    file: emitRead,
    find: `source.line(\`const \${items} = []\`)`,
    replace: `source.line(\`const \${items} = \${count} === 0 ? (tools.none ??= []) : []\`)`,
    caughtBy: 'a value that was read may be written to',
    lists: [],
  },
  {
    name: 'freezes the objects that it has read',
    file: emitRead,
    find: `  for (const line of optionals) source.line(line)
  return object`,
    replace: `  for (const line of optionals) source.line(line)
  return \`Object.freeze(\${object})\``,
    caughtBy: 'a value that was read may be written to',
    lists: [],
  },
  {
    name: 'hands all items of a list to one call',
    file: emitRead,
    find: `  source.line('}')
  return items`,
    replace: `  source.line('}')
  const all = source.name('all')
  source.line(\`const \${all} = []\`)
  source.line(\`\${all}.push(...\${items})\`)
  return all`,
    caughtBy: 'is read, at such a cost too',
    lists: [],
  },
]
