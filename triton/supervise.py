"""Runs a server so that it never outlives this process, nor, with --until-stdin-closes, the one that started this.

``supervise.py [--until-stdin-closes] -- COMMAND...`` passes SIGTERM and SIGINT on, waits for the server, and exits as it
did. Killed, it takes the server with it: the kernel sees to that (prctl(2), PR_SET_PDEATHSIG). Linux only, as Triton is.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
PATIENCE = 30
"""Seconds that the server has to end by itself once it is told to."""

LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def await_end(server, leashed):
    """Returns when the server has ended, or when standard input has."""
    ended = os.pidfd_open(server.pid)
    while True:
        ready, _, _ = select.select([ended, *([sys.stdin.fileno()] if leashed else [])], [], [])
        # What is written there has no meaning; only its end has.
        if ended in ready or not os.read(sys.stdin.fileno(), 4096):
            return


def main():
    separator = sys.argv.index("--")
    leashed = "--until-stdin-closes" in sys.argv[1:separator]
    server = subprocess.Popen(sys.argv[separator + 1 :], stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())
    await_end(server, leashed)
    server.terminate()
    try:
        code = server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        code = server.wait()
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
