"""What becomes of a server that ends, is killed or is told to end; the server is a few words of shell."""

import signal
import subprocess
import sys
import time

from conftest import SERVE

SUPERVISE = SERVE.with_name("supervise.py")


def supervise(*command, leashed=False):
    return subprocess.Popen([sys.executable, SUPERVISE, *(["--until-stdin-closes"] if leashed else []), "--", *command],
                            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def await_lines(path, count):
    deadline = time.monotonic() + 20
    while not path.exists() or len(path.read_text().splitlines()) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_killed_server_is_started_again_and_another_end_is_the_last(tmp_path):
    starts = tmp_path / "starts"
    process = supervise("sh", "-c", 'echo start >> "$0"; [ "$(wc -l < "$0")" -gt 2 ] && exit 7; kill -KILL $$', str(starts))
    _, said = process.communicate(timeout=20)
    assert process.returncode == 7
    assert len(starts.read_text().splitlines()) == 3 and said.count("is started again") == 2


def test_who_tells_it_to_end_is_obeyed_between_two_starts_too(tmp_path):
    starts = tmp_path / "starts"
    process = supervise("sh", "-c", 'echo start >> "$0"; kill -KILL $$', str(starts))
    await_lines(starts, 1)
    process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 137
    assert len(starts.read_text().splitlines()) == 1


def test_a_server_told_to_end_is_not_started_again(tmp_path):
    for leashed in (False, True):
        starts = tmp_path / f"starts-{leashed}"
        process = supervise("sh", "-c", "trap 'exit 5' TERM; echo start >> \"$0\"; while :; do sleep 0.1; done", str(starts), leashed=leashed)
        await_lines(starts, 1)
        if leashed:
            process.stdin.close()
        else:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 5
        assert len(starts.read_text().splitlines()) == 1
