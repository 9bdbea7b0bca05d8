"""What starting the service costs."""

import subprocess
import sys


def test_the_serving_process_loads_neither_torch_nor_transformers_nor_langchain():
    heavy = "{'torch', 'transformers', 'langchain', 'langchain_core', 'sentence_transformers', 'onnx'}"
    code = f"import sys, service.server, service.app; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
