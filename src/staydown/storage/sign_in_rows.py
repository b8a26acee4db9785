"""Who may sign in, what opens the API, and how often somebody tried wrongly."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from staydown.casework.people import Person, Role
from staydown.ids import ActorId
from staydown.storage.widths import DIGEST, ID, WORD


class User(AbstractBaseUser):
    """Somebody who may sign in."""

    actor = models.CharField(max_length=ID, unique=True)
    name = models.CharField(max_length=150, unique=True)
    role = models.CharField(max_length=WORD)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "name"

    def as_person(self) -> Person:
        """The user as casework knows them."""
        return Person(id=ActorId(self.actor), name=self.name, role=Role(self.role))


class OneTimeLink(models.Model):
    """A sign-in link, by the digest of its token."""

    digest = models.CharField(max_length=DIGEST, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()


class TryRow(models.Model):
    """How often something was tried wrongly, by a mark that says nothing by itself."""

    mark = models.CharField(max_length=DIGEST, primary_key=True)
    tries = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)


class KeyRow(models.Model):
    """An API key, by its digest."""

    actor = models.CharField(max_length=ID, primary_key=True)
    name = models.CharField(max_length=150, unique=True)
    digest = models.CharField(max_length=DIGEST, unique=True)
    scopes = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
