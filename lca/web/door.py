"""Who may enter the form: the names under which it answers, the address with a token that lets a browser in, and its sessions."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable

#: More browsers than that are not let in by one server.
MOST_SESSIONS = 500


class Door:
    """What lets browsers in.

    The token of an address opens once, and gives the browser a session, which it keeps until it is closed; a token that is given
    (`shared_token`, for a server of many) opens again and again. Where a browser without a session knocks and no token is left,
    `tell` is called with a new one, once: whoever sees the terminal may open it.
    """

    def __init__(
        self,
        hosts: Iterable[str],
        tell: Callable[[str], None],
        shared_token: str = "",
        is_kept: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Take the values of `Host` that are answered, with their port where it is not that of the scheme.

        `is_kept` says whether a session is known from before this server was started.
        """
        self.hosts = frozenset(host.casefold() for host in hosts)
        self._is_shared, self._tell, self._is_kept = bool(shared_token), tell, is_kept
        self._token = shared_token or secrets.token_urlsafe(24)
        self._sessions: dict[str, None] = {}
        self._lock = threading.Lock()

    @property
    def token(self) -> str:
        """The token of the address to open; empty where it has been used."""
        return self._token

    def answers(self, host: str) -> bool:
        """Say whether a name is one of those of this server; another one is a page elsewhere that was pointed here."""
        return host.casefold() in self.hosts

    def enter(self, token: str) -> str:
        """Return a new session for a token, empty where it opens nothing."""
        with self._lock:
            if not self._token or not _alike(token, self._token):
                return ""
            if not self._is_shared:
                self._token = ""
            session = secrets.token_urlsafe(24)
            self._sessions[session] = None
            while len(self._sessions) > MOST_SESSIONS:
                del self._sessions[next(iter(self._sessions))]
            return session

    def knows(self, session: str) -> bool:
        """Say whether a session is one that was given."""
        if not session:
            return False
        return any(_alike(session, known) for known in tuple(self._sessions)) or self._is_kept(session)

    def knock(self) -> None:
        """Note that a browser without a session asked for a page: where no token is left, one is made and told."""
        with self._lock:
            if self._token:
                return
            self._token = secrets.token_urlsafe(24)
        self._tell(self._token)


def _alike(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode())
