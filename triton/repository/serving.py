"""What the Python-backend models of this repository share with Triton: sessions of ONNX Runtime, answers, refusals."""

import json
import os

import numpy as np
import triton_python_backend_utils as pb_utils

from contract import Parameters


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
    """The graph in ONNX Runtime, on the GPU of the instance if it has one; also whether it is there."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    providers = ["CPUExecutionProvider"]
    on_gpu = is_on_gpu(args) and "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    if on_gpu:
        providers.insert(0, ("CUDAExecutionProvider", {"device_id": args["model_instance_device_id"]}))
    graph = onnxruntime.InferenceSession(path, options, providers=providers)
    # ONNX Runtime takes the CPU without a word where CUDA's libraries do not fit; a GPU that idles must be noticed.
    if on_gpu and "CUDAExecutionProvider" not in graph.get_providers():
        raise ValueError("expected ONNX Runtime on the GPU, found " + str(graph.get_providers()))
    return graph, on_gpu


def loading(load):
    """Has a model that cannot be loaded say why in Triton's own way."""

    def initialize(self, args):
        try:
            load(self, args)
        except (OSError, ValueError) as error:
            raise pb_utils.TritonModelException(str(error)) from error

    return initialize


def execute(requests, inputs, read, run, output):
    """Answers each request with its part of what is run, or with an error that names the tensor at fault.

    ``read`` checks one request's tensors and raises ValueError; ``run`` maps the tensors of all requests, joined, to the
    output.
    """
    feeds, errors = {}, {}
    for i, request in enumerate(requests):
        try:
            feeds[i] = read({name: pb_utils.get_input_tensor_by_name(request, name).as_numpy() for name in inputs})
        except ValueError as error:
            errors[i] = error
    answers = {}
    if feeds:
        counts = [len(feed[inputs[0]]) for feed in feeds.values()]
        whole = {name: np.concatenate([feed[name] for feed in feeds.values()]) for name in inputs}
        answers = dict(zip(feeds, np.split(run(whole), np.cumsum(counts)[:-1])))
    return [
        pb_utils.InferenceResponse(error=pb_utils.TritonError(str(errors[i]), pb_utils.TritonError.INVALID_ARG))
        if i in errors
        else pb_utils.InferenceResponse([pb_utils.Tensor(output, answers[i])])
        for i in range(len(requests))
    ]
