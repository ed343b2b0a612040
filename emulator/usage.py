"""What moto lacks of usage: GetUsage and UpdateUsage, with AWS's pages, delay and missing days.

Nobody calls an API of the emulator, so a test says what was called: POST /moto-api/usage takes

    {"now": "2026-11-04T06:00:00Z",                     the clock; null for the real one
     "leavesOut": "nothing" | "keys" | "days",          what GetUsage leaves out of days without calls
     "days": {plan: {key: {"2026-11-03": 12}}},         calls of whole days, which replace those of the key
     "calls": [{"plan": …, "key": …, "at": "2026-11-04T05:50:00Z", "requests": 3}]}
"""

import datetime
import json

from moto.apigateway import exceptions, responses, urls
from moto.moto_api._internal import urls as own_urls

# AWS is 30 to 40 minutes behind, unless a quota is used up.
DELAY = datetime.timedelta(minutes=35)
DEFAULT_PAGE, LARGEST_PAGE = 25, 500
LONGEST_RANGE = 90
# As the limiter of this project has it; AWS does not say what remains without a quota.
WITHOUT_QUOTA = -1

clock = {"now": None, "leavesOut": "nothing"}
# By plan and key: the calls of days that are over, the single calls since, and what UpdateUsage added, by period.
days, calls, added = {}, {}, {}


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def now():
    return clock["now"] or datetime.datetime.now(datetime.timezone.utc)


def seed(request, full_url, headers):
    asked = json.loads(request.get_data() if hasattr(request, "get_data") else request.body)
    if "now" in asked:
        clock["now"] = asked["now"] and instant(asked["now"])
    clock["leavesOut"] = asked.get("leavesOut", clock["leavesOut"])
    for plan, keys in asked.get("days", {}).items():
        for key, used in keys.items():
            days[plan, key] = dict(used)
    for call in asked.get("calls", []):
        made = calls.setdefault((call["plan"], call["key"]), [])
        made.append((instant(call["at"]), call.get("requests", 1)))
    return 200, {}, "{}"


def used_on(plan, key, date, until):
    made = calls.get((plan, key), [])
    single = sum(requests for at, requests in made if at <= until and at.date() == date)
    return days.get((plan, key), {}).get(date.isoformat(), 0) + single


def period_of(quota, date):
    """The first day of the period in which a day lies."""
    kind = quota.get("period")
    if kind == "MONTH":
        return date.replace(day=1)
    if kind == "WEEK":
        return date - datetime.timedelta(days=(date.weekday() + 1) % 7)
    return date


def used_in_period(plan, key, quota, date, until):
    first = period_of(quota, date)
    each = (first + datetime.timedelta(days=number) for number in range((date - first).days + 1))
    return sum(used_on(plan, key, day, until) for day in each)


def figure(plan, key, date):
    """[used, remaining] as AWS tells it now."""
    quota = plan.quota or {}
    limit = quota.get("limit")
    late = now() - DELAY
    if limit is None:
        return [used_on(plan.id, key, date, late), WITHOUT_QUOTA]
    allowed = int(limit) + added.get((plan.id, key, period_of(quota, date)), 0)
    until = now() if used_in_period(plan.id, key, quota, date, now()) >= allowed else late
    remaining = allowed - used_in_period(plan.id, key, quota, date, until)
    return [used_on(plan.id, key, date, until), max(0, remaining)]


def date_in(answer, name):
    text = answer.querystring.get(name, [""])[0]
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise exceptions.BadRequestException(f"Invalid {name}: {text}; expected a date in the format YYYY-MM-DD")


def figures_of(plan, key, first, last):
    each = [first + datetime.timedelta(days=number) for number in range((last - first).days + 1)]
    told = [(date, figure(plan, key, date)) for date in each if date <= now().date() or clock["leavesOut"] == "nothing"]
    if clock["leavesOut"] == "days":
        told = [(date, (used, remaining)) for date, (used, remaining) in told if used > 0]
    return [list(pair) for _, pair in told]


def get_usage(self):
    plan = self.backend.get_usage_plan(self.path.split("/")[2])
    first, last = date_in(self, "startDate"), date_in(self, "endDate")
    if last < first:
        raise exceptions.BadRequestException("The end date cannot be before the start date")
    if (last - first).days >= LONGEST_RANGE:
        raise exceptions.BadRequestException(f"Usage can be requested for at most {LONGEST_RANGE} days")
    asked = self.querystring.get("keyId", [None])[0]
    known = set(self.backend.usage_plan_keys.get(plan.id, {}))
    known.update(key for owner, key in [*days, *calls] if owner == plan.id)
    keys = sorted(key for key in known if asked in (None, key))
    values = {key: figures_of(plan, key, first, last) for key in keys}
    if clock["leavesOut"] != "nothing":
        values = {key: figures for key, figures in values.items() if any(used for used, _ in figures)}
    limit = min(int(self.querystring.get("limit", [DEFAULT_PAGE])[0]), LARGEST_PAGE)
    start = int(self.querystring.get("position", ["0"])[0])
    page = list(values.items())[start : start + limit]
    answer = {
        "usagePlanId": plan.id,
        "startDate": first.isoformat(),
        "endDate": last.isoformat(),
        "values": dict(page),
    }
    if start + limit < len(values):
        answer["position"] = str(start + limit)
    return json.dumps(answer)


def update_usage(self):
    _, _, plan_id, _, key = self.path.split("/")[:5]
    plan = self.backend.get_usage_plan(plan_id)
    if key not in self.backend.usage_plan_keys.get(plan_id, {}):
        raise exceptions.NotFoundException("Invalid Key ID specified")
    if not plan.quota:
        raise exceptions.BadRequestException("Usage plan does not have a quota")
    today = now().date()
    for operation in self._get_param("patchOperations"):
        if (operation["op"], operation["path"]) != ("replace", "/remaining"):
            raise exceptions.BadRequestException(f"Invalid patch path {operation['path']}")
        _, remaining = figure(plan, key, today)
        period = (plan_id, key, period_of(plan.quota, today))
        added[period] = added.get(period, 0) + int(operation["value"]) - remaining
    first = period_of(plan.quota, today)
    values = {key: figures_of(plan, key, first, today)}
    answer = {"usagePlanId": plan_id, "startDate": first.isoformat(), "endDate": today.isoformat(), "values": values}
    return json.dumps(answer)


def extend():
    answers = responses.APIGatewayResponse
    answers.get_usage = get_usage
    answers.update_usage = update_usage
    urls.url_paths["{0}/usageplans/(?P<usage_plan_id>[^/]+)/usage$"] = answers.dispatch
    urls.url_paths["{0}/usageplans/(?P<usage_plan_id>[^/]+)/keys/(?P<api_key_id>[^/]+)/usage$"] = answers.dispatch
    own_urls.url_paths["{0}/moto-api/usage"] = seed
