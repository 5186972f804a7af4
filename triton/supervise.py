"""Runs a server so that it never outlives this process, nor, with --until-stdin-closes, the one that started this.

``supervise.py [--until-stdin-closes] -- COMMAND...`` passes SIGTERM and SIGINT on, waits for the server, and exits as it
did. Killed, it takes the server with it: the kernel sees to that (prctl(2), PR_SET_PDEATHSIG). Linux only, as Triton is.
A server that somebody else kills (SIGKILL: the kernel for want of memory, a model's guard for a process of its own) is
started again, and what it left in shared memory as ``synthray-triton-PID-…``, with this process's number, is freed.
"""

import ctypes
import glob
import os
import select
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
PATIENCE = 30
"""Seconds that the server has to end by itself once it is told to."""

PAUSE = 1
"""Seconds before a killed server is started again, lest one that is killed at each start takes all of a processor."""

LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_shared_memory():
    for path in glob.glob(f"/dev/shm/synthray-triton-{os.getpid()}-*"):
        os.unlink(path)


class Supervisor:
    """Runs the command, again and again while it is killed, until it ends otherwise or is told to end."""

    def __init__(self, command, leashed):
        self.command, self.leashed = command, leashed
        self.server = None
        self.told = False

    def tell(self, *_):
        self.told = True
        if self.server:
            self.server.terminate()

    def run(self):
        """The exit status of the server's last process."""
        while True:
            code = self._once()
            free_shared_memory()
            if self.told or code != -signal.SIGKILL:
                return code if code >= 0 else 128 - code
            print("supervise: the server was killed; it is started again", file=sys.stderr, flush=True)
            time.sleep(PAUSE)
            if self.told:
                return 128 - code

    def _once(self):
        self.server = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)
        self._await_end()
        try:
            return self.server.wait(PATIENCE if self.told else None)
        except subprocess.TimeoutExpired:
            self.server.kill()
            return self.server.wait()

    def _await_end(self):
        """Returns when the server has ended or was told to."""
        ended = os.pidfd_open(self.server.pid)
        try:
            while not self.told:
                ready, _, _ = select.select([ended, *([sys.stdin.fileno()] if self.leashed else [])], [], [])
                if ended in ready:
                    return
                # What is written there has no meaning; only its end has.
                if not os.read(sys.stdin.fileno(), 4096):
                    self.tell()
        finally:
            os.close(ended)


def main():
    separator = sys.argv.index("--")
    supervisor = Supervisor(sys.argv[separator + 1 :], "--until-stdin-closes" in sys.argv[1:separator])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, supervisor.tell)
    sys.exit(supervisor.run())


if __name__ == "__main__":
    main()
