// Checks the engine in WebAssembly where it stands on what the platform lacks: node WebAssembly/platform.mjs
// Prints the digits of docs/engine.md.
import { compile, Engine, EngineError, EngineStopped } from './engine.mjs'

const folder = new URL('../.build-wasm/', import.meta.url).pathname
const module = await compile(`${folder}platform.wasm`)
let engine = new Engine(module)
function insist(condition, message) {
  if (!condition) throw new Error(message)
}

// Random numbers of all sizes, and awkward ones.
const seed = Number(process.env.MICROGRAD_SEED ?? Math.trunc(Math.random() * 1e9))
let state = seed
function random() {
  state = (state + 0x9e3779b9) | 0
  let z = state
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return (z ^ (z >>> 16)) >>> 0
}
const bits = new DataView(new ArrayBuffer(8))
function randomNumber() {
  const kind = random() % 4
  if (kind === 0) return ((random() % 20001) - 10000) / (random() % 2 ? 1000 : 1024)
  bits.setUint32(4, random())
  bits.setUint32(0, kind === 1 ? random() & 0x800fffff : kind === 2 ? (random() & 0x800fffff) | ((1023 - 30 + (random() % 60)) << 20) : random())
  const number = bits.getFloat64(0)
  return Number.isFinite(number) ? number : 1.5
}
const awkward = [0, 1, -1, 0.1, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 2 ** 53, 1e21, 1e22, 1e23, 9007199254740993, 0.3, 123456789]
const numbers = [...awkward, ...Array.from({ length: 4000 }, randomNumber)]

// Written and read: JavaScript has the same shortest digits, and reads exactly.
const written = engine.call({ do: 'numbers', numbers }).texts
insist(written.length === numbers.length, `${written.length} of ${numbers.length} numbers were written`)
written.forEach(([text, exponential], index) => {
  const number = numbers[index]
  const digits = (text) => text.replace(/e.*/, '').replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '')
  insist(Number(text) === number && digits(text) === digits(String(number)), `${number} is written as ${text}, seed ${seed}`)
  const expected = number.toExponential(20).replace(/e([+-])(\d)$/, 'e$10$2')
  // JavaScript rounds a half up, and C to the even digit.
  const isHalf = /^50*$/.test(number.toExponential(70).replace(/e.*/, '').slice(-50))
  insist(exponential === expected || isHalf, `${number} has the digits ${exponential}, expected ${expected}, seed ${seed}`)
})
const texts = numbers.flatMap((number) => [String(number), number.toExponential(random() % 30), number.toPrecision(17)])
texts.push('2.4703282292062327e-324', '2.4703282292062328e-324', '1.7976931348623158e308', '1e400', '1e-400', `0.${'0'.repeat(400)}1e400`, `1${'0'.repeat(30)}.5`)
const read = engine.call({ do: 'read', texts }).buffers[0]
texts.forEach((text, index) => {
  insist(read[index] === Number(text), `${text} is read as ${read[index]}, expected ${Number(text)}, seed ${seed}`)
})

// One rounding: x·y + z by whole numbers of any size.
function exact(x) {
  bits.setFloat64(0, x)
  const all = bits.getBigUint64(0), biased = Number((all >> 52n) & 0x7ffn), fraction = all & 0xfffffffffffffn
  const significand = biased ? fraction | (1n << 52n) : fraction
  return { significand: x < 0 ? -significand : significand, exponent: Math.max(biased, 1) - 1075 }
}
function nearest(significand, exponent) {
  let size = significand < 0n ? -significand : significand
  const length = size.toString(2).length, dropped = Math.max(length - 53, -1074 - exponent)
  if (dropped > 0) {
    const shift = BigInt(dropped), rest = size & ((1n << shift) - 1n), half = 1n << (shift - 1n)
    size >>= shift
    if (rest > half || (rest === half && size & 1n)) size += 1n
    exponent += dropped
  }
  // In two steps, each of them exact: 2^exponent may be out of range.
  const number = Number(size) * 2 ** Math.trunc(exponent / 2) * 2 ** (exponent - Math.trunc(exponent / 2))
  return significand < 0n ? -number : number
}
const triples = Array.from({ length: 3000 }, () => {
  const x = randomNumber(), y = randomNumber(), product = x * y
  const near = [-product, product, -product * (1 + 2 ** -52), product * 2 ** -60, randomNumber()].filter(Number.isFinite)
  return [x, y, near[random() % near.length]]
}).filter(([x, y]) => Number.isFinite(x * y))
const sums = engine.call({ do: 'products', numbers: triples.flat() }).buffers[0]
triples.forEach(([x, y, z], index) => {
  const a = exact(x), b = exact(y), c = exact(z), product = a.significand * b.significand
  const exponent = Math.min(a.exponent + b.exponent, c.exponent)
  const sum = (product << BigInt(a.exponent + b.exponent - exponent)) + (c.significand << BigInt(c.exponent - exponent))
  const expected = nearest(sum, exponent)
  insist(sums[index] === expected, `${x} · ${y} + ${z} is ${sums[index]}, expected ${expected}, seed ${seed}`)
})

// Memory is given back: the same requests again take no more.
const pages = () => engine.exports.memory.buffer.byteLength
for (let time = 0; time < 3; time += 1) engine.call({ do: 'hold', count: 100000 })
const before = pages()
for (let time = 0; time < 200; time += 1) engine.call({ do: 'hold', count: 100000 - 100 * (time % 7) })
insist(pages() === before, `memory grew from ${before} to ${pages()} bytes`)

// Mistakes of requests leave an engine that works; those of the engine end it, with a message.
function failure(action) {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}
insist(failure(() => engine.call(undefined)) instanceof EngineError, 'a request that is no JSON was answered')
for (const [request, message] of [
  [{ do: 'stop', really: 'é' }, 'stopped, as was asked: “é”'],
  [{ do: 'trap', index: 3 }, undefined],
  [{ do: 'hold', count: 3e8 }, 'The engine needs more memory than there is: use a smaller network or fewer samples.'],
]) {
  const error = failure(() => engine.call(request))
  insist(error instanceof EngineStopped, `${JSON.stringify(request)} did not stop the engine: ${error}`)
  insist(message === undefined || error.message === message, `it stopped with “${error.message}”`)
  insist(failure(() => engine.call({ do: 'example' })) instanceof EngineStopped, 'an engine that stopped has answered')
  engine = new Engine(module)
}

const [g, a, b, explained] = engine.call({ do: 'example' }).digits
insist(explained === a, `explained: ${explained}, expected ${a}`)
console.log(g, a, b)
