/**
 * Runs inside of an execution environment of a Python function: `bootstrap.mjs` in Python. A string, so that it is part of
 * the built program.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
 */
export const PYTHON_BOOTSTRAP = `
import importlib, json, os, signal, sys, threading, time, traceback

MAX_PAYLOAD_BYTES = 6291556

signal.signal(signal.SIGINT, signal.SIG_IGN)

def watch():
    try:
        while os.read(4, 1024):
            pass
    except OSError:
        pass
    # With all programs that its handler has started, also those that have left the group.
    own = ("AWS_LAMBDA_LOG_STREAM_NAME=" + os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME", "")).encode()
    for name in os.listdir("/proc") if sys.platform == "linux" else []:
        try:
            with open("/proc/%d/environ" % int(name), "rb") as file:
                if own in file.read().split(b"\\0") and int(name) != os.getpid():
                    os.kill(int(name), signal.SIGKILL)
        except (OSError, ValueError):
            pass
    os.killpg(0, signal.SIGKILL)

# No handler runs unwatched: the process ends with the server.
threading.Thread(target=watch, daemon=True).start()

def send(head, payload=None):
    data = (json.dumps(head) + ("" if payload is None else "\\t" + payload) + "\\n").encode()
    while data:
        data = data[os.write(3, data):]

def described(error, kind=None):
    return {"type": kind or type(error).__name__, "message": str(error)}

class RuntimeFailure(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = "Runtime." + kind

def load(name):
    path, dot, attribute = name.rpartition(".")
    if not dot or not path or not attribute or ".." in name:
        raise RuntimeFailure("MalformedHandlerName", "Bad handler '%s'" % name)
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    try:
        module = importlib.import_module(path.replace("/", "."))
    except SyntaxError as error:
        traceback.print_exc()
        raise RuntimeFailure("UserCodeSyntaxError", "Syntax error in module '%s': %s" % (path, error))
    except ImportError as error:
        traceback.print_exc()
        raise RuntimeFailure("ImportModuleError", "Unable to import module '%s': %s" % (path, error))
    handler = getattr(module, attribute, None)
    if not callable(handler):
        raise RuntimeFailure("HandlerNotFound", "Handler '%s' missing on module '%s'" % (attribute, path))
    return handler

class Context:
    def __init__(self, message):
        env = os.environ.get
        self.aws_request_id = message["requestId"]
        self.invoked_function_arn = message["functionArn"]
        self.function_name = env("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = env("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = env("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env("AWS_LAMBDA_LOG_STREAM_NAME")
        self.identity = None
        self.client_context = None
        self._deadline = time.monotonic() + message["milliseconds"] / 1000

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))

def payload_of(result):
    try:
        payload = json.dumps(result, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise RuntimeFailure("MarshalError", "Unable to marshal response: %s" % error)
    if len(payload.encode()) > MAX_PAYLOAD_BYTES:
        failure = RuntimeFailure("", "the result has %d bytes; Lambda passes on %d" % (len(payload), MAX_PAYLOAD_BYTES))
        failure.kind = "Function.ResponseSizeTooLarge"
        raise failure
    return payload

def invoke(handler, message, event):
    payload = None
    try:
        payload = payload_of(handler(json.loads(event), Context(message)))
        answer = {"type": "answered"}
    except RuntimeFailure as error:
        answer = {"type": "failed", "error": described(error, error.kind)}
    except Exception as error:
        traceback.print_exc()
        answer = {"type": "failed", "error": described(error)}
    sys.stdout.flush()
    send({"number": message["number"], **answer}, payload)

try:
    handler = load(os.environ.get("_HANDLER", ""))
except RuntimeFailure as error:
    send({"type": "unloadable", "error": described(error, error.kind)})
except Exception as error:
    traceback.print_exc()
    send({"type": "unloadable", "error": described(error)})
else:
    send({"type": "ready"})
    for line in os.fdopen(os.dup(3), "r", encoding="utf-8"):
        head, event = line.split("\\t", 1)
        invoke(handler, json.loads(head), event)
`;
