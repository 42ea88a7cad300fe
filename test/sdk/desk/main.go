// Runs Teamwork's own Desk SDK, unchanged, against the sandbox.
package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/teamwork/desksdkgo/client"

	"teamwork-desk-sync/test/sdk/check"
)

// desk is the SDK's client together with the last answer, whose headers the SDK does not hand out.
type desk struct {
	*client.Client
	base, host, token string
	last              *http.Response
}

func connect(host, token string) *desk {
	d := &desk{base: host + "/desk/api/v2", host: host, token: token}
	d.Client = client.NewClient(d.base,
		client.WithAPIKey(token),
		client.WithLogger(slog.New(slog.DiscardHandler)),
		client.WithMiddleware(func(ctx context.Context, req *http.Request, next client.RequestHandler) (*http.Response, error) {
			resp, err := next(ctx, req)
			d.last = resp
			return resp, err
		}),
	)
	return d
}

func text(value string) *string { return &value }

func flag(value bool) *bool { return &value }

func query(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

func main() {
	host, token, other := check.Setting("SANDBOX_URL"), check.Setting("SANDBOX_TOKEN"), check.Setting("SANDBOX_OTHER_TOKEN")
	d := connect(host, token)
	checks := check.New("desk")
	companies(checks, d)
	customers(checks, d)
	lists(checks, d)
	access(checks, d, other)
	checks.End()
}
