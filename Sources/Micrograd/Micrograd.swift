@_exported public import MicrogradCompiler
@_exported public import MicrogradData
@_exported public import MicrogradEngine
@_exported public import MicrogradFigures
@_exported public import MicrogradFormula
@_exported public import MicrogradNetworks
@_exported public import MicrogradRandom
@_exported public import MicrogradTraining
