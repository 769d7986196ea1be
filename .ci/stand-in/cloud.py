"""Stands in for the tools that need Azure, GitHub or a registry, for the checks that run what an operator runs: az, curl, docker, gh,
kubelogin and terraform. It is no copy of these tools. It knows what must have happened before a call, and fails if that is missing.

$MODEL is its folder. "marks" has a line for each thing that exists, "calls" one for each call, "did" one for each costly call that
succeeded, and "world.json" the answers that a check changes. "faults" has a line for each call that must fail once: a regular expression,
what happens (fail, hang or expire) and the message, with tabs between them."""

import hashlib
import json
import os
import re
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True
from cloud_azure import DIGEST, REGISTRY, STORAGE, answer  # noqa: E402

TOOLS = ("az", "curl", "docker", "gh", "kubelogin", "terraform")
# What a healthy world answers. A check replaces some of it.
WORLD = {
    "state": "Enabled", "roles": ["Owner"], "providers": ["Microsoft.Compute"], "cores": [0, 20], "zones": ["1", "2", "3"], "refused_zones": [],
    "size_restriction": None, "database_restricted": "Disabled", "database_sizes": ["Standard_B1ms", "Standard_D4ds_v5"], "taken": [],
    "deleted_vault": None, "admin": True, "private": False, "plan": "free", "actions": True, "workflow": "active", "versions": {},
    "power": "Running", "allowed_addresses": "192.0.2.1/32", "secret": "", "roles_late": 0,
}
OUTPUTS = {
    "registry_id": "/registry", "key_vault_name": "kv", "public_host": "shop.example", "workload": {"namespace": "boxoffice"},
    "backend": {"resource_group_name": "rg-boxoffice-shared", "storage_account_name": STORAGE}, "authorized_ip_ranges": ["192.0.2.1/32"],
    "github_variables": {
        "repository": {"REGISTRY_LOGIN_SERVER": f"{REGISTRY}.azurecr.io", "STATE_STORAGE_ACCOUNT": STORAGE},
        "environments": {name: {"TERRAFORM_ENVIRONMENT": short} for name, short in (
            ("staging", "dev"), ("staging-terraform", "dev"), ("production", "prod"), ("production-terraform", "prod"))}},
}

def install(folder):
    """Writes the commands into a folder for PATH."""
    folder.mkdir(exist_ok=True)
    for tool in TOOLS:
        command = folder / tool
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {Path(__file__).resolve()} {tool} "$@"\n')
        command.chmod(0o755)


class Tool:
    """A call of a stand-in."""

    def __init__(self, name, arguments):
        self.name, self.arguments, self.text = name, arguments, " ".join(arguments)
        self.model = Path(os.environ["MODEL"])
        self.file = self.model / "marks"
        self.marks = self.file.read_text().splitlines()
        world = self.model / "world.json"
        self.world = {**WORLD, **(json.loads(world.read_text()) if world.exists() else {})}
        with (self.model / "calls").open("a") as calls:
            calls.write(f"{name} {self.text}\n")

    def need(self, condition, message):
        if not condition:
            sys.exit(f"{self.name}: {message}: {self.text}")

    def mark(self, mark):
        if mark not in self.marks:
            self.marks.append(mark)
            self.file.write_text("".join(line + "\n" for line in self.marks))

    def did(self, what):
        """Notes what costs time or money, each time that it happens."""
        with (self.model / "did").open("a") as file:
            file.write(what + "\n")

    def unmark(self, *marks):
        self.marks = [line for line in self.marks if line not in marks]
        self.file.write_text("".join(line + "\n" for line in self.marks))

    def option(self, name):
        return next((a.split("=", 1)[1] if "=" in a else self.arguments[i + 1] for i, a in enumerate(self.arguments)
                     if a == name or a.startswith(name + "=")), None)

    def fault(self):
        """What the check wants to go wrong at this call, once."""
        faults = self.model / "faults"
        lines = faults.read_text().splitlines() if faults.exists() else []
        for line in lines:
            pattern, action, message = line.split("\t")
            if re.search(pattern, f"{self.name} {self.text}"):
                faults.write_text("".join(other + "\n" for other in lines if other != line))
                if action == "hang":
                    self.hang()
                if action == "expire":
                    self.mark("login expired")
                sys.exit(message.replace("\\n", "\n") or f"{self.name}: a simulated failure")

    def hang(self):
        """As Terraform: ends well some time after one SIGINT; after a second one it leaves its lock."""
        count = []

        def interrupted(*_):
            count.append(1)
            if len(count) > 1:
                self.mark("forced")
                sys.exit("Two interrupts received. Exiting immediately.")

        signal.signal(signal.SIGINT, interrupted)
        self.mark("locked")
        limit = time.monotonic() + 60
        while not count and time.monotonic() < limit:
            time.sleep(0.02)
        time.sleep(0.2)
        self.unmark("locked")
        sys.exit("Interrupted.")

    def terraform(self):
        if self.arguments[0] == "version":
            return print("Terraform v" + self.world["versions"].get("terraform", "1.11.4"))
        if "console" in self.arguments:
            return self.console()
        root = Path(self.option("-chdir"))
        self.need(root.is_dir(), f"{root} does not exist")
        name, state = root.name, root / "terraform.tfstate"
        kind = "azurerm" if any('backend "azurerm"' in f.read_text() for f in root.glob("*.tf")) else "local"
        files = [a.split("=", 1)[1] for a in self.arguments if re.match(r"-(backend-config|var-file)=[^=]+$", a)]
        for file in files:
            self.need((root / file).is_file() and (root / file).stat().st_size, f"{file} does not exist or is empty")
        command = self.arguments[1]
        if command == "init":
            if "-force-copy" in self.arguments or "-migrate-state" in self.arguments:
                self.need(state.exists() and state.stat().st_size, "there is no state to move")
                self.await_roles("AuthorizationPermissionMismatch: This request is not authorized")
                self.mark("state stored")
                self.did("move bootstrap's state")
                state.write_text("")
            return self.mark(f"{name} {kind}")
        self.need(f"{name} {kind}" in self.marks, "Backend initialization required")
        self.need(name != "bootstrap" or kind == "local" or "state stored" in self.marks, "the state was not moved")
        if command == "plan":
            self.mark(f"planned {self.option('-out')}")
            sys.exit(2 if "-detailed-exitcode" in self.arguments and f"{name} applied" not in self.marks else 0)
        if command == "show":
            self.need(f"planned {self.arguments[-1]}" in self.marks, "there is no such plan")
            return print(json.dumps({"format_version": "1.2", "resource_changes": self.world.get("changes", [])}))
        if command in ("apply", "destroy"):
            self.need(files or f"planned {self.arguments[-1]}" in self.marks or (root / "terraform.tfvars").is_file(), "terraform.tfvars does not exist")
            for variable in ("subscription_id", "registry_id", "authorized_ip_ranges") if name == "platform" else ():
                self.need(os.environ.get(f"TF_VAR_{variable}"), f"TF_VAR_{variable} is not set")
            if command == "destroy":
                return self.destroy(name)
            self.did(f"apply {name}")
            if name == "bootstrap" and kind == "local":
                state.write_text("{}")
            print(f"{name}: creation complete")
            return self.mark(f"{name} applied")
        if command == "output":
            self.need(f"{name} applied" in self.marks, "nothing was applied")
            print(json.dumps(OUTPUTS[self.arguments[-1]]) if "-json" in self.arguments else OUTPUTS[self.arguments[-1]])

    def destroy(self, name):
        self.need(name != "platform" or "workload applied" not in self.marks, "the workload still exists")
        if f"{name} applied" in self.marks:
            self.did(f"destroy {name}")
        self.unmark(f"{name} applied")
        if name == "platform":
            self.mark("vault deleted")

    def console(self):
        """The values of a tfvars file, from the real Terraform, which has to read the same file once only."""
        question = sys.stdin.read()
        files = [Path(self.option("-chdir")) / "variables.tf", Path(self.option("-var-file"))]
        cache = Path(os.environ["CONSOLE"]) / hashlib.sha256((question + "".join(f.read_text() for f in files)).encode()).hexdigest()
        if not cache.exists():
            import subprocess

            answer = subprocess.run([os.environ["REAL_TERRAFORM"], *self.arguments], input=question, capture_output=True, text=True)
            self.need(answer.returncode == 0, answer.stderr)
            cache.write_text(answer.stdout)
        print(cache.read_text(), end="")

    def await_roles(self, message):
        """New roles are not in effect at once."""
        late = sum(mark.startswith("refused") for mark in self.marks)
        if late < self.world["roles_late"]:
            self.mark(f"refused {late}")
            sys.exit(message)

    def gh(self):
        if self.arguments[0] == "--version":
            return print("gh version 2.60.0 (2026-01-01)")
        if self.arguments[:2] == ["auth", "status"]:
            sys.exit(0 if "auth login" in self.marks else 1)
        if "--view" in self.arguments:
            return print("ada/boxoffice" if "repo set-default" in self.marks else "")
        if self.arguments[0] in ("auth", "repo"):
            return self.mark(" ".join(self.arguments[:2]))
        self.need("repo set-default" in self.marks, "gh writes to the parent of a fork without a default repository")
        environment = self.option("--env") or (re.findall(r"environments/([^/ ]+)", self.text) or [None])[0]
        if "PUT" in self.arguments:
            policy = json.load(sys.stdin).get("deployment_branch_policy") or {}
            self.need(policy.get("custom_branch_policies"), "any branch may use the environment")
            return self.mark(f"exists {environment}")
        exists = f"exists {environment}" in self.marks
        if "POST" in self.arguments:
            self.need(exists, f"the environment {environment} does not exist")
            return self.mark(f"only main {environment}")
        if self.arguments[:2] == ["variable", "set"]:
            self.need(not environment or f"only main {environment}" in self.marks, "any branch may use the environment")
            return self.mark(f"variable {environment or ''} {self.arguments[2]}={self.option('--body')}")
        print(self.github_answer(self.arguments[1], environment, exists))

    def github_answer(self, path, environment, exists):
        """What GitHub answers to a question that changes nothing."""
        if "/variables/" in path:
            begin = f"variable {environment or ''} {path.rsplit('/', 1)[1]}="
            value = next((mark[len(begin):] for mark in self.marks if mark.startswith(begin)), None)
            return value if value is not None else self.not_found()
        if path.endswith("deployment-branch-policies"):
            return "main" if f"only main {environment}" in self.marks else ""
        if environment:
            return "true" if exists else self.not_found()
        if path.endswith("/actions/permissions"):
            return json.dumps(self.world["actions"])
        if path.endswith("/workflows/deploy.yml"):
            return self.world["workflow"]
        if path.endswith("/customization/sub"):
            return "repo:ada@1/boxoffice@2"
        if path == "user":
            return self.world["plan"] if ".plan" in self.text else "1"
        return json.dumps({"permissions": {"admin": self.world["admin"]}, "private": self.world["private"], "owner": {"type": "User", "login": "ada"}})

    def not_found(self):
        """As gh: the body of the answer, although its value was asked for."""
        print('{"message": "Not Found"}')
        sys.exit("gh: Not Found (HTTP 404)")

    def docker(self):
        if self.arguments[0] == "build":
            self.need(Path(self.option("--file")).is_file(), "the Dockerfile does not exist")
            self.need(self.option("--platform") == "linux/amd64", "an image for another platform than the nodes")
            self.did("build the image")
            return self.mark(f"built {self.option('--tag')}")
        if self.arguments[0] == "tag":
            self.need(f"built {self.arguments[1]}" in self.marks, "the image was not built")
            return self.mark(f"built {self.arguments[2]}")
        if self.arguments[0] == "push":
            self.need(f"built {self.arguments[-1]}" in self.marks, "the image was not built")
            return self.mark("pushed " + self.arguments[-1].split("/")[1])
        if self.arguments[0] == "image":
            self.need(f"built {self.arguments[2]}" in self.marks, "No such image")
            return print(self.arguments[2].split(":")[0] + "@" + DIGEST)

    def kubelogin(self):
        print("git hash: v0.2.12/abc")

    def curl(self):
        if "://localhost:" in self.text or "://127.0.0.1:" in self.text:
            sys.stdout.flush()
            os.execv(os.environ["REAL_CURL"], ["curl", *self.arguments])
        if "--version" in self.arguments:
            return print("curl 8.0.0")
        self.need("Authorization" not in self.text, "the list of processes shows the token")
        self.need("http://" not in self.text, "the token is readable on the network")
        print("192.0.2.1" if "ifconfig" in self.text else '{"id": "c1"}' if "shop.example/v1/concerts " in self.text else "")

    def az(self):
        answer(self)


if __name__ == "__main__":
    call = Tool(sys.argv[1], sys.argv[2:])
    call.fault()
    getattr(call, call.name)()
