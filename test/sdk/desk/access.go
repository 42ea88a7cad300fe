package main

import (
	"context"
	"io"
	"strconv"

	"teamwork-desk-sync/test/sdk/check"
)

func access(checks *check.Checks, d *desk, other string) {
	ctx := context.Background()

	checks.Run("access: every answer carries the rate-limit headers", func() error {
		if _, err := d.Companies.List(ctx, nil); err != nil {
			return err
		}
		for _, name := range []string{"X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"} {
			if _, err := strconv.Atoi(d.last.Header.Get(name)); err != nil {
				return check.That(false, "%s is %q", name, d.last.Header.Get(name))
			}
		}
		return check.That(d.last.Header.Get("Retry-After") == "", "Retry-After is set")
	})
	checks.Run("access: a wrong token is 401", func() error {
		_, err := connect(d.host, "not-a-token").Companies.List(ctx, nil)
		return check.Refused(err, "401")
	})
	checks.Run("access: a member reads and may not write", func() error {
		if err := check.Control(d.host, "POST", "token", map[string]string{"token": other, "role": "member"}); err != nil {
			return err
		}
		member := connect(d.host, other)
		_, read := member.Companies.List(ctx, nil)
		_, write := member.Companies.Create(ctx, newCompany("Not Allowed"))
		return check.First(read, check.Refused(write, "403"),
			check.Control(d.host, "POST", "token", map[string]string{"token": other, "role": "admin"}))
	})
	checks.Run("access: two tokens act as two users", func() error {
		first, err := d.Companies.Create(ctx, newCompany("By The First"))
		if err != nil {
			return err
		}
		second, err := connect(d.host, other).Companies.Create(ctx, newCompany("By The Second"))
		return check.First(err, check.That(err != nil || first.Company.CreatedBy.ID != second.Company.CreatedBy.ID, "one user made both"))
	})
	checks.Run("access: above the limit comes 429 with an empty body", func() error {
		if err := check.Control(d.host, "POST", "rate-limit", map[string]any{"side": "desk", "perMinute": 1}); err != nil {
			return err
		}
		var refused error
		for range 3 {
			if _, refused = d.Companies.Create(ctx, newCompany("Too Fast")); refused != nil {
				break
			}
		}
		body, _ := io.ReadAll(d.last.Body)
		remaining, _ := strconv.Atoi(d.last.Header.Get("X-Rate-Limit-Remaining"))
		return check.First(check.Refused(refused, "429"), check.That(len(body) == 0 && d.last.ContentLength <= 0, "the body is not empty"),
			check.That(remaining <= 0 && d.last.Header.Get("X-Rate-Limit-Limit") == "1", "remaining %d of %s", remaining, d.last.Header.Get("X-Rate-Limit-Limit")),
			check.Control(d.host, "POST", "rate-limit", map[string]any{"side": "desk", "perMinute": 100000}))
	})
	checks.Run("access: after the limit is lifted calls go through", func() error {
		_, err := d.Companies.List(ctx, nil)
		return err
	})
}
