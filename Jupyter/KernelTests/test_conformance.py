"""The Jupyter project's own conformance suite, on this kernel."""

import unittest

import jupyter_kernel_test


class SwiftKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "micrograd-swift"
    language_name = "swift"
    file_extension = ".swift"

    code_hello_world = 'print("hello, world")'
    code_stderr = 'import Foundation\nFileHandle.standardError.write(Data("oops\\n".utf8))'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": '"ab"'},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"))', "mime": "text/html"},
        {"code": 'display(SVG("<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>"))', "mime": "image/svg+xml"},
        {"code": "import Micrograd\ndisplay((Value(2) * 3).tanh())", "mime": "image/svg+xml"},
    ]
    code_generate_error = "[1, 2, 3][5]"
    code_clear_output = "clearOutput()"
    code_inspect_sample = "print"

    completion_samples = [
        {"text": "[1, 2].rever", "matches": ["reverse()", "reversed()"]},
        {"text": "%pack", "matches": ["package"]},
    ]
    complete_code_samples = ["1 + 1", "func f() {\n}", 'print("a")', "%who"]
    incomplete_code_samples = ["func f() {", "print(", "let a = [1,", '"""']
    invalid_code_samples = ["func func {}", "let 1 = a"]

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6*7"

    def setUp(self):
        self.flush_channels()


if __name__ == "__main__":
    unittest.main()
