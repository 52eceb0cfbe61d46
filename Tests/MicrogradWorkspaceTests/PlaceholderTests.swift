import Testing

@testable import MicrogradWorkspace
