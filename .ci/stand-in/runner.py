"""Stands in for GitHub's runner: runs a step and cancels it once a file contains a text. Like the runner, it signals the step's
entry process only: SIGINT, 7.5 s later SIGTERM, and 2.5 s later it kills everything that the step started.

    runner.py COMMAND_OF_THE_STEP FILE TEXT

It ends with the exit code of the step."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START_LIMIT, AFTER_SIGINT, AFTER_SIGTERM = 60, 7.5, 2.5


def wait(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def ended():
    return step.poll() is not None


command, file, text = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
with tempfile.NamedTemporaryFile("w", suffix=".sh") as script:
    script.write(command + "\n")
    script.flush()
    # A shell's background job ignores SIGINT; a step of the runner does not.
    step = subprocess.Popen(["bash", "-e", script.name], start_new_session=True,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        wait(lambda: ended() or (file.exists() and text in file.read_text()), START_LIMIT)
        for number, seconds in ((signal.SIGINT, AFTER_SIGINT), (signal.SIGTERM, AFTER_SIGTERM)):
            if not ended():
                step.send_signal(number)
                wait(ended, seconds)
    finally:
        # The rest of the session, which outlives an entry process that does not pass the signal on.
        try:
            os.killpg(step.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
code = step.wait()
sys.exit(code if code >= 0 else 128 - code)
