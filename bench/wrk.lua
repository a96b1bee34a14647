-- What wrk sends, told by the environment (so that no token stands in a list of processes), and one line of numbers
-- at the end, for Wrk.java.
--   BENCH_METHOD, BENCH_TOKEN, BENCH_BODY   the request; the same each time
--   BENCH_WALK                              or: a file with a token in each line. Each request shows the next one, and
--                                           after the last the first again
--   BENCH_WALK_IN                           "header": as who asks; "form": as the one that is asked about; "body": what
--                                           stands in a line is no token but the body
--   BENCH_PAUSE_MS                          the mean pause of a connection between an answer and its next request

wrk.method = os.getenv("BENCH_METHOD") or "GET"

local token = os.getenv("BENCH_TOKEN")
if token then
  wrk.headers["Authorization"] = "Bearer " .. token
end

local body = os.getenv("BENCH_BODY")
if body and body ~= "" then
  wrk.body = body
  wrk.headers["Content-Type"] = "application/json"
end

local walk = os.getenv("BENCH_WALK")
if walk then
  local place = os.getenv("BENCH_WALK_IN")
  local requests = {}
  local at = 0

  function init()
    if place == "form" then
      wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    elseif place == "body" then
      wrk.headers["Content-Type"] = "application/json"
    end
    for each in io.lines(walk) do
      if place == "form" then
        wrk.body = "token=" .. each
      elseif place == "body" then
        wrk.body = each
      else
        wrk.headers["Authorization"] = "Bearer " .. each
      end
      requests[#requests + 1] = wrk.format()
    end
  end

  function request()
    at = at % #requests + 1
    return requests[at]
  end
end

-- Of random length: connections that go in step would wait for each other.
local pause = tonumber(os.getenv("BENCH_PAUSE_MS") or "0")
if pause > 0 then
  function delay()
    return math.random(1, 2 * pause - 1)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("bench answers=%d micros=%d refused=%d broken=%d p50=%d p99=%d max=%d\n",
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
