import Testing

import MicrogradModels
