import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

SERVE = Path(__file__).parents[1] / "serve"


@contextmanager
def served(log, is_ready, *repository):
    """A client of a Triton that runs until the block ends; ``is_ready`` is asked until it says so."""
    import tritonclient.grpc as grpc  # Here, so that tests are skipped, not broken, where it is not installed.

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("w") as out:
        server = subprocess.Popen([SERVE, str(port), *repository], stdout=out, stderr=out)
    try:
        client = grpc.InferenceServerClient(f"127.0.0.1:{port}")
        deadline = time.monotonic() + 120
        while True:
            try:
                if is_ready(client):
                    break
            except grpc.InferenceServerException:
                pass
            assert server.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        yield client
    finally:
        server.terminate()
        ended = server.wait(60)
    assert ended == 0
