"""The Slurm workflow on a real Slurm of one machine: shards, a bad file, killed tasks."""

import functools
import os
import signal
import subprocess
import sys
import tarfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
from program import PROGRAM, SOURCE, ProgramTest, pdb  # noqa: E402
from slurm import Slurm, missing  # noqa: E402
from stand_in import stream_single, write_stand_in  # noqa: E402

WORKFLOWS = os.path.join(SOURCE, "data", "workflows")
SHARDS = 8

# The program, but for the first attempts of tasks 3 and 5: those are given one
# more input, an archive that never comes, and hang there when all else is done.
WRAPPER = """#!/bin/sh
task=${SLURM_ARRAY_TASK_ID:-none}
case $task in
  3|5)
    if mkdir "$HOLD/$task" 2> /dev/null; then
      mkfifo "$HOLD/$task/never.tar"
      set -- "$@" "$HOLD/$task/never.tar"
      echo $$ > "$HOLD/$task/pid.new"
      mv "$HOLD/$task/pid.new" "$HOLD/$task/pid"
    fi ;;
esac
exec "$PROGRAM" "$@"
"""


@unittest.skipIf(missing(), missing())
class OneMachineSlurm(ProgramTest):
    def setUp(self):
        super().setUp()
        try:
            self.slurm = Slurm()
        except (TimeoutError, RuntimeError, OSError) as error:
            self.skipTest(f"no Slurm starts on this machine: {error}")
        self.addCleanup(self.slurm.stop)
        for i in range(60):
            self.write(f"set/s{i:02d}.pdb", pdb(i, "AB"))
        self.write("set/bad.pdb", "ATOM  no structure\n")
        with tarfile.open(self.path("more.tar"), "w") as archive:
            for i in range(60, 90):
                name = self.write(f"in/s{i}.pdb{'.gz' if i % 2 else ''}", pdb(i, "A"))
                archive.add(self.path(name), name)
        self.write("program.sh", WRAPPER)
        os.chmod(self.path("program.sh"), 0o755)
        os.mkdir(self.path("hold"))
        self.environment = {**self.slurm.environment, "POTENTIAL": self.path("program.sh"),
                            "PROGRAM": PROGRAM, "HOLD": self.path("hold"), "CHECKPOINT": "0.001"}

    def submit(self, **more):
        """@returns the ids of the jobs of the shards and of the merge."""
        words = self.slurm.run("sh", os.path.join(WORKFLOWS, "slurm-submit.sh"), str(SHARDS),
                               "all.h5", "set", "more.tar", "-q", cwd=self.folder,
                               env={**self.environment, **more}).split()
        return words[2], words[5]

    def held(self, task):
        """The process id of a task that hangs, when it does."""
        pid = self.path(f"hold/{task}/pid")
        self.slurm.wait_for(lambda: os.path.exists(pid), 60)
        return int(self.read(f"hold/{task}/pid"))

    def states_are(self, job, wanted):
        return lambda: sorted(self.slurm.state(job)) == wanted

    def test_killed_requeued_and_failed_tasks_lose_and_double_nothing(self):
        self.run_program("extract", "set", "more.tar", "-o", "single.h5", "-q")
        shards, merge = self.submit()
        # One task is killed by Slurm and starts again, the merge waiting for it.
        self.held(3)
        self.slurm.run("scontrol", "requeue", f"{shards}_3")
        # One task is killed and fails: the merge, which can never run, goes.
        pid = self.held(5)
        self.assertEqual(self.slurm.state(merge), ["PD"])
        os.kill(pid, signal.SIGKILL)
        self.slurm.wait_for(lambda: "R" not in self.slurm.state(shards), 60)
        self.start_now(shards)
        self.slurm.wait_for(self.done(shards, merge), 100)
        self.assertNotIn("all.h5", self.files())
        self.assertEqual(self.restarts(f"{shards}_3"), "1")
        parts = [f"all.h5.parts/{k}.h5" for k in range(1, SHARDS + 1) if k != 5]
        before = {name: os.stat(self.path(name)).st_mtime_ns for name in parts}
        done = subprocess.run([PROGRAM, "merge", *parts, "-o", "seven.h5", "--expect", str(SHARDS)],
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("missing is part 5 of 8", done.stderr)

        self.slurm.wait_for(self.done(*self.submit(ONLY="5")), 60)
        self.assertEqual(self.read("all.h5"), self.read("single.h5"))
        for name in parts:
            self.assertEqual(os.stat(self.path(name)).st_mtime_ns, before[name])

    def start_now(self, job):
        """Slurm lets a requeued task rest for two minutes; tests are in a hurry."""
        self.slurm.run("scontrol", "update", f"JobId={job}", "StartTime=now", check=False)

    def done(self, shards, merge):
        return lambda: not self.slurm.state(shards) and not self.slurm.state(merge)

    def restarts(self, task):
        shown = self.slurm.run("scontrol", "show", "job", task)
        return shown.split("Restarts=")[1].split()[0]

    def test_tasks_with_inputs_of_their_own(self):
        names = sorted(os.listdir(self.path("in")))
        for task in range(1, 4):
            self.write(f"groups/{task}", "\n".join(f"in/{n}" for n in names[task - 1::3]) + "\n")
        self.run_program("extract", "in", "-o", "single.h5", "-q")
        words = self.slurm.run("sh", os.path.join(WORKFLOWS, "slurm-submit.sh"), "3", "all.h5",
                               "@groups/{task}", "-q", cwd=self.folder,
                               env={**self.environment, "POTENTIAL": PROGRAM}).split()
        self.slurm.wait_for(self.done(words[2], words[5]), 60)
        self.assertEqual(self.read("all.h5"), self.read("single.h5"))

    def test_scores(self):
        submit = functools.partial(
            self.slurm.run, "sh", os.path.join(WORKFLOWS, "slurm-submit.sh"), cwd=self.folder,
            env={**self.environment, "POTENTIAL": PROGRAM, "SCORE": "rapdf-ca"})
        jobs = [submit("4", f"all.{ending}", "set", "more.tar", "-q").split()
                for ending in ("tsv", "h5")]
        for ending, words in zip(("tsv", "h5"), jobs):
            self.run_program("score", "rapdf-ca", "set", "more.tar", "--stream", "-o",
                             f"single.{ending}", "-q")
            self.slurm.wait_for(self.done(words[2], words[5]), 60)
            self.assertEqual(self.read(f"all.{ending}"), self.read(f"single.{ending}"))
        with self.assertRaisesRegex(RuntimeError, "name a result such as all.tsv"):
            submit("4", "own.h5", "@groups/{task}")

    def test_models_that_another_program_writes_as_a_stream(self):
        write_stand_in(self)
        names = sorted(os.listdir(self.path("in")))
        for task in range(1, 4):
            self.write(f"ids/{task}", "".join(f"{n}\n" for n in names[task - 1::3]))
        environment = {**self.slurm.environment, "POTENTIAL": PROGRAM,
                       "STREAM": f"python3 {self.path('unpack.py')} ids/{{task}} in {{tar}}"}
        words = self.slurm.run("sh", os.path.join(WORKFLOWS, "slurm-submit.sh"), "3", "all.h5",
                               "tar:-", "-q", cwd=self.folder, env=environment).split()
        self.slurm.wait_for(self.done(words[2], words[5]), 60)
        self.write("ids/all", "".join(f"{n}\n" for n in names))
        self.assertEqual(stream_single(self).returncode, 0)
        self.assertEqual(self.read("all.h5"), self.read("single.h5"))

    def test_shards_of_another_run_are_not_mixed_in(self):
        self.slurm.wait_for(self.done(*self.submit(ONLY="1")), 60)
        words = ["sh", os.path.join(WORKFLOWS, "slurm-submit.sh"), "9", "all.h5", "set"]
        done = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("another run", done.stderr)


if __name__ == "__main__":
    unittest.main()
