"""What the Python-backend models of this repository share with Triton: sessions of ONNX Runtime, answers, refusals."""

import json
import os
import subprocess

import numpy as np
import triton_python_backend_utils as pb_utils

from contract import WEIGHTS, Parameters, strange

WATCH = """
read -r word && exit
grep -qx tritonserver "/proc/$0/comm" || exit
echo "synthray: the process of model $1 ended by itself; ending Triton, which would go on without it" >&2
kill -KILL "$0"
kill -TERM "$0"
"""
"""As process 1 of a container Triton cannot be killed from inside, but ended."""

SCARCITY = ("out of memory", "failed to allocate memory", "bad allocation", "bad_alloc")


class Model:
    """A model as Triton calls it. What a subclass has: ``load``, ``execute``, and ``weights`` once it is loaded."""

    guard = None
    weights = None
    """SHA-256 of the weights, which every answer names: Triton may come back with others while its clients know the former."""

    @staticmethod
    def auto_complete_config(config):
        # An output, as Triton's Python backend has no parameters for its responses.
        config.add_output({"name": WEIGHTS, "data_type": "TYPE_STRING", "dims": [1]})
        return config

    def initialize(self, args):
        """Has a model that cannot be loaded say why in Triton's own way."""
        try:
            self.load(args)
        except (OSError, ValueError) as error:
            raise pb_utils.TritonModelException(str(error)) from error
        self.guard = Guard(args["model_name"])

    def finalize(self):
        if self.guard:
            self.guard.dismiss()


class Guard:
    """Ends Triton when this process, in which it runs a model, ends before ``dismiss``, as for want of memory.

    Triton itself would say for ever that the model is ready, and answer each of its requests with an error. Whoever runs
    Triton (``supervise.py``, a container's restart policy) starts it again.
    """

    def __init__(self, model):
        # The shell's input ends with this process, however that is.
        self.watch = subprocess.Popen(["sh", "-c", WATCH, str(os.getppid()), model], stdin=subprocess.PIPE)

    def dismiss(self):
        try:
            self.watch.communicate(b"done\n")
        except BrokenPipeError:
            pass


def parameters(args):
    """The parameters of the version that Triton loads."""
    return Parameters(json.loads(args["model_config"]), args["model_version"])


def version_folder(args):
    return os.path.join(args["model_repository"], args["model_version"])


def shapes(args):
    """The dims of inputs and of outputs by name, without the batch's."""
    config = json.loads(args["model_config"])
    return tuple({tensor["name"]: [int(size) for size in tensor["dims"]] for tensor in config[kind]} for kind in ("input", "output"))


def is_on_gpu(args):
    return args["model_instance_kind"] == "GPU"


def session(args, path, threads):
    """The graph in ONNX Runtime, on the GPU of the instance if it has one; also whether it is there.

    An instance on a GPU whose ONNX Runtime has none is an error, as a GPU that idles must be noticed, unless
    ``SYNTHRAY_ONNX=cpu`` says that the CPU is meant.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    providers = ["CPUExecutionProvider"]
    on_gpu = is_on_gpu(args) and os.environ.get("SYNTHRAY_ONNX") != "cpu"
    if on_gpu:
        if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
            raise ValueError("instance_group: expected an ONNX Runtime with CUDA for an instance on a GPU, found one with "
                             f"{', '.join(onnxruntime.get_available_providers())}; KIND_CPU has it run on the CPU")
        providers.insert(0, ("CUDAExecutionProvider", {"device_id": args["model_instance_device_id"]}))
    graph = onnxruntime.InferenceSession(path, options, providers=providers)
    # ONNX Runtime takes the CPU without a word where CUDA's libraries do not fit.
    if on_gpu and "CUDAExecutionProvider" not in graph.get_providers():
        raise ValueError("expected ONNX Runtime on the GPU, found " + str(graph.get_providers()))
    return graph, on_gpu


def execute(requests, inputs, read, run, output, weights):
    """Answers each request with its part of what is run and the hash of the weights, or with an error that names the tensor at fault.

    ``read`` checks one request's tensors and raises ValueError; ``run`` maps the tensors of all requests, joined, to the
    output. Where memory does not suffice, the requests are told to come again: fewer may fit.
    """
    feeds, errors = {}, {}
    for i, request in enumerate(requests):
        try:
            feeds[i] = read({name: pb_utils.get_input_tensor_by_name(request, name).as_numpy() for name in inputs})
        except ValueError as error:
            errors[i] = pb_utils.TritonError(str(error), pb_utils.TritonError.INVALID_ARG)
    answers = {}
    if feeds:
        counts = [len(feed[inputs[0]]) for feed in feeds.values()]
        whole = {name: np.concatenate([feed[name] for feed in feeds.values()]) for name in inputs}
        try:
            answers = dict(zip(feeds, np.split(run(whole), np.cumsum(counts)[:-1])))
        except (MemoryError, RuntimeError) as error:
            if not is_scarcity(error):
                raise
            errors.update(dict.fromkeys(feeds, pb_utils.TritonError(f"out of memory: {error}", pb_utils.TritonError.UNAVAILABLE)))
    for i, answer in answers.items():
        # A fault of one sample is none of those that were drawn with it.
        fault = strange(output, answer)
        if fault:
            errors[i] = pb_utils.TritonError(fault, pb_utils.TritonError.INTERNAL)
    return [
        pb_utils.InferenceResponse(error=errors[i])
        if i in errors
        else pb_utils.InferenceResponse([pb_utils.Tensor(output, answers[i]), _word(weights, len(answers[i]))])
        for i in range(len(requests))
    ]


def is_scarcity(error):
    """Whether memory did not suffice: ONNX Runtime and PyTorch tell in words only."""
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in SCARCITY)


def _word(weights, count):
    return pb_utils.Tensor(WEIGHTS, np.full((count, 1), weights.encode("ascii"), object))
