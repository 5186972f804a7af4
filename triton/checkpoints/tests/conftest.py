import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checkpoints.tests import tiny

SERVE = Path(__file__).parents[2] / "serve"


@pytest.fixture(scope="session")
def plain(tmp_path_factory):
    return tiny.save(tmp_path_factory.mktemp("plain") / "checkpoint")


@pytest.fixture(scope="session")
def masked(tmp_path_factory):
    return tiny.save(tmp_path_factory.mktemp("masked") / "checkpoint", control_channels=2)


class Triton:
    """The real server with this Python's packages, until the block ends."""

    def __init__(self, repository, log):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = log
        packages = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
        with log.open("w") as out:
            self.process = subprocess.Popen([SERVE, str(self.port), str(repository)], stdout=out, stderr=out,
                                            env={**os.environ, "SYNTHRAY_SITE_PACKAGES": packages})

    def client(self, model):
        import tritonclient.grpc as grpc

        client = grpc.InferenceServerClient(f"127.0.0.1:{self.port}")
        deadline = time.monotonic() + 180
        while True:
            try:
                if client.is_model_ready(model):
                    return client
            except grpc.InferenceServerException:
                pass
            assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.2)

    def failure(self):
        """What is said when it does not start."""
        assert self.process.wait(180) != 0
        return self.log.read_text()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
