import Testing

import MicrogradExport
