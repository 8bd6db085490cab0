"""Passwords at the terminal or from standard input; never an argument, which others on the machine could read."""

import sys

import typer

PASSWORD_STDIN = typer.Option("--password-stdin", help="Read the password from standard input, one line.")


def password(from_stdin: bool, prompt: str = "Password", *, twice: bool = False) -> str:
    """Return a password: one line of standard input, or typed without being shown."""
    if from_stdin:
        line = sys.stdin.readline()
        if not line.endswith("\n") and not line:
            raise typer.BadParameter("standard input is empty; expected a password on one line")
        return line.rstrip("\r\n")
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "there is no terminal to ask at; give the password on standard input: --password-stdin"
        )
    typed: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
    return typed


def present(name: str, with_password: bool) -> None:
    """Say who is at the command line, with the password on standard input if there is to be one."""
    from watchfloor.flow.acting import PRESENTED, Presented

    PRESENTED.set(Presented(name=name, password=password(True) if with_password else None))
