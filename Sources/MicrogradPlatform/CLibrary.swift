// The C library, which has another name on each platform. Files that call it import this module.

#if canImport(Darwin)
  @_exported public import Darwin
#elseif canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#elseif canImport(Android)
  @_exported public import Android
#elseif canImport(ucrt)
  @_exported public import ucrt
#elseif canImport(MicrogradRuntime)
  @_exported public import MicrogradRuntime  // in WebAssembly
#endif
