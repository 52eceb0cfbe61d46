// The page's class `Engine`, for programs of node.
import { readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'

const web = new URL('../Sources/MicrogradFigures/Page/Web/', import.meta.url)
const source = ['unpack.js', 'engine.js'].map((name) => readFileSync(new URL(name, web), 'utf8')).join('\n')
const { Engine, EngineError, EngineStopped, decodeLZMA } = runInThisContext(
  `(() => { 'use strict'; ${source}; return { Engine, EngineError, EngineStopped, decodeLZMA } })()`,
  { filename: 'unpack.js and engine.js' })

/** Compiles a module from a file, packed as it is checked in or not. */
async function compile(path) {
  const bytes = readFileSync(path)
  return WebAssembly.compile(path.endsWith('.lzma') ? decodeLZMA(new Uint8Array(bytes)) : bytes)
}

export { compile, Engine, EngineError, EngineStopped }
