"""What Django wants to be told, derived from `settings`.

Importing it reads the environment and writes nothing.
"""

from django.utils.csp import CSP
from django.utils.functional import SimpleLazyObject

from staydown.assembly.databases import database_options
from staydown.assembly.session_key import open_session_key
from staydown.settings import read_settings

STAYDOWN = read_settings()

SECRET_KEY = SimpleLazyObject(lambda: open_session_key(STAYDOWN.session_key_file))
DEBUG = False
ALLOWED_HOSTS = list(STAYDOWN.hosts)
ROOT_URLCONF = "staydown.assembly.urls"
WSGI_APPLICATION = "staydown.assembly.wsgi.application"
DATABASES = {"default": database_options(STAYDOWN)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "staydown.storage",
    "staydown.api",
    "staydown.help_pages",
    "staydown.poster_pages",
    "staydown.desk_pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # by the address alone: only help has languages
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "staydown.assembly.refusing.refuse_untaken",  # last: its answers need the headers of the others
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
        },
    }
]

AUTH_USER_MODEL = "storage.User"
AUTHENTICATION_BACKENDS = [
    "staydown.storage.sign_in.OneTimeLinks",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/sign-in"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # shared devices
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = STAYDOWN.is_behind_https
CSRF_COOKIE_SECURE = STAYDOWN.is_behind_https
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = False  # so that leaving a page can take it away; it opens nothing
CSRF_COOKIE_AGE = None  # gone with the browser
CSRF_FAILURE_VIEW = "staydown.help_pages.refusals.stale"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with our own forms, and the CSRF check fails.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if STAYDOWN.is_behind_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if STAYDOWN.is_behind_https else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {  # nothing but our own stylesheets, pictures and forms
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

# Uploads stay in memory: a temporary file would hold somebody's picture in the clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = STAYDOWN.max_upload_bytes + 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # what is not a picture: texts
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # our few small files are served from where they are installed
WHITENOISE_AUTOREFRESH = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = True
LANGUAGES = [  # of the help pages, each by its own name, in the order of these
    ("ar", "العربية"),
    ("ms", "Bahasa Melayu"),
    ("en", "English"),
    ("es", "Español"),
    ("hi", "हिन्दी"),
    ("ta", "தமிழ்"),
    ("zh-hans", "简体中文"),
]
FORMAT_MODULE_PATH = ["staydown.help_pages.formats"]
LOGGING_CONFIG = None  # structlog is set up by whoever starts the program
