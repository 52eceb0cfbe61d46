import ArgumentParser
import Micrograd

extension Language: ExpressibleByArgument {}
