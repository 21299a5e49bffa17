"""A Slurm of one machine, with a folder, ports and keys of its own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel")
os.environ["PATH"] += ":/usr/sbin:/sbin"


def missing():
    """Why no Slurm can be started here, or ""."""
    if os.geteuid() != 0:
        return "a private Slurm is started by root only"
    for program in PROGRAMS:
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian's slurm-wlm and munge)"
    return ""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Slurm:
    """Started with the object; stop() ends the processes it started, by their id."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="potential_slurm_")
        os.chmod(self.folder, 0o755)
        self.started = []
        self.environment = {**os.environ, "SLURM_CONF": self.path("slurm.conf")}
        try:
            self._start_munge()
            self._write_configuration()
            host = socket.gethostname().split(".")[0]
            self._start("slurmctld", "-D", "-f", self.path("slurm.conf"))
            self._start("slurmd", "-D", "-f", self.path("slurm.conf"), "-N", host)
            self.wait_for(lambda: "idle" in self.run("sinfo", "-h", "-o", "%t", check=False), 60)
        except BaseException:
            self.stop()
            raise

    def path(self, name):
        return os.path.join(self.folder, name)

    def _start(self, *words, **options):
        with open(self.path(os.path.basename(words[0]) + ".out"), "a") as log:
            self.started.append(subprocess.Popen(words, stdout=log, stderr=log,
                                                 stdin=subprocess.DEVNULL, env=self.environment, cwd=self.folder, **options))

    def _start_munge(self):
        user = pwd.getpwnam("munge")
        os.mkdir(self.path("munge"), 0o755)
        with open(self.path("munge/key"), "wb") as key:
            key.write(os.urandom(1024))
        os.chmod(self.path("munge/key"), 0o400)
        for name in ("munge", "munge/key"):
            os.chown(self.path(name), user.pw_uid, user.pw_gid)
        own = {"socket": "socket", "key-file": "key", "pid-file": "pid", "log-file": "log",
               "seed-file": "seed"}
        self._start("munged", "--foreground", "--force",
                    *(f"--{option}={self.path('munge/' + name)}" for option, name in own.items()),
                    user=user.pw_uid, group=user.pw_gid, extra_groups=[])
        self.wait_for(lambda: os.path.exists(self.path("munge/socket")), 10)

    def _write_configuration(self):
        host = socket.gethostname().split(".")[0]
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**21  # half, MiB
        os.mkdir(self.path("state"))
        os.mkdir(self.path("spool"))
        with open(self.path("slurm.conf"), "w") as file:
            file.write(f"""ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={self.path("munge/socket")}
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=1
ReturnToService=2
MaxArraySize=1000001
KillWait=2
MinJobAge=300
MpiDefault=none
StateSaveLocation={self.path("state")}
SlurmdSpoolDir={self.path("spool")}
SlurmctldPidFile={self.path("slurmctld.pid")}
SlurmdPidFile={self.path("slurmd.pid")}
SlurmctldLogFile={self.path("slurmctld.log")}
SlurmdLogFile={self.path("slurmd.log")}
NodeName={host} NodeAddr=127.0.0.1 CPUs={os.cpu_count()} RealMemory={memory}
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
""")

    def run(self, *words, check=True, **options):
        """Runs a program that talks to this Slurm; returns what it prints."""
        options.setdefault("env", self.environment)
        done = subprocess.run(words, text=True, capture_output=True, timeout=60, **options)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def state(self, job):
        """States of a job's tasks, `R CG` and so on; empty when Slurm has done with it."""
        return self.run("squeue", "-h", "-r", "-o", "%t", "-j", job, check=False).split()

    def wait_for(self, condition, seconds):
        end = time.monotonic() + seconds
        while not condition():
            for process in self.started:
                if process.poll() is not None:
                    raise RuntimeError(f"{process.args[0]} ended: {self.logs()}")
            if time.monotonic() > end:
                raise TimeoutError(self.logs())
            time.sleep(0.1)

    def logs(self):
        text = ""
        for name in sorted(os.listdir(self.folder)):
            if name.endswith((".log", ".out")):
                with open(self.path(name), errors="replace") as file:
                    text += f"--- {name}\n{file.read()[-3000:]}\n"
        return text

    def stop(self):
        if len(self.started) == 3:
            subprocess.run(["scancel", "--full", "-u", "root"], env=self.environment,
                           capture_output=True)
            try:  # the steps of cancelled jobs end by themselves
                self.wait_for(lambda: not self.run("squeue", "-h", check=False).split(), 20)
            except (TimeoutError, RuntimeError):
                pass
        for process in reversed(self.started):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
