package main

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	twapi "github.com/teamwork/twapi-go-sdk"
	"github.com/teamwork/twapi-go-sdk/projects"
	"github.com/teamwork/twapi-go-sdk/session"

	"teamwork-desk-sync/test/sdk/check"
)

func me(e *twapi.Engine) (int64, error) {
	got, err := projects.UserGetMe(context.Background(), e, projects.NewUserGetMeRequest())
	return got.User.ID, err
}

func access(checks *check.Checks, e *twapi.Engine, host, token, other string) {
	ctx := context.Background()

	checks.Run("access: basic and cookie sessions are the same user as bearer", func() error {
		bearer, err := me(e)
		if err != nil {
			return err
		}
		basic, basicErr := me(twapi.NewEngine(session.NewBasicAuth(token, "x", host)))
		cookie, cookieErr := me(twapi.NewEngine(session.NewCookie(token, host)))
		return check.First(basicErr, cookieErr, check.That(basic == bearer && cookie == bearer, "%d, %d and %d", bearer, basic, cookie))
	})
	checks.Run("access: two tokens act as two users", func() error {
		first, err := me(e)
		if err != nil {
			return err
		}
		second, err := me(engine(host, other))
		return check.First(err, check.That(first != second, "one user for both"))
	})
	checks.Run("access: a wrong token is 401", func() error {
		_, err := me(engine(host, "not-a-token"))
		return refused(err, http.StatusUnauthorized)
	})
	checks.Run("access: a member may not write companies", func() error {
		if err := check.Control(host, "POST", "token", map[string]string{"token": other, "role": "member"}); err != nil {
			return err
		}
		_, read := projects.CompanyList(ctx, engine(host, other), projects.NewCompanyListRequest())
		_, write := projects.CompanyCreate(ctx, engine(host, other), projects.NewCompanyCreateRequest("Not Allowed"))
		return check.First(read, refused(write, http.StatusForbidden),
			check.Control(host, "POST", "token", map[string]string{"token": other, "role": "admin"}))
	})
	checks.Run("access: above the limit comes 429 with the headers", func() error {
		if err := check.Control(host, "POST", "rate-limit", map[string]any{"side": "teamwork", "perMinute": 1}); err != nil {
			return err
		}
		var answer *twapi.HTTPError
		for range 3 {
			if _, err := me(e); errors.As(err, &answer) {
				break
			}
		}
		if err := check.Control(host, "POST", "rate-limit", map[string]any{"side": "teamwork", "perMinute": 100000}); err != nil {
			return err
		}
		if answer == nil {
			return check.That(false, "never refused")
		}
		for _, name := range []string{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
			if _, err := strconv.Atoi(answer.Headers.Get(name)); err != nil {
				return check.That(false, "%s is %q", name, answer.Headers.Get(name))
			}
		}
		return check.That(answer.StatusCode == http.StatusTooManyRequests && answer.Headers.Get("X-RateLimit-Limit") == "1", "status %d", answer.StatusCode)
	})
	checks.Run("access: after the limit is lifted calls go through", func() error {
		_, err := me(e)
		return err
	})
}
