package main

import (
	"context"
	"strconv"
	"time"

	"github.com/teamwork/desksdkgo/client"

	"teamwork-desk-sync/test/sdk/check"
)

func lists(checks *check.Checks, d *desk) {
	ctx := context.Background()

	checks.Run("lists: pages cover every customer once", func() error {
		seen := map[int]bool{}
		for page := 1; ; page++ {
			list, err := d.Customers.List(ctx, query("page", strconv.Itoa(page), "pageSize", "30", "orderBy", "id", "orderMode", "asc"))
			if err != nil {
				return err
			}
			for _, customer := range list.Customers {
				if seen[customer.ID] {
					return check.That(false, "customer %d came twice", customer.ID)
				}
				seen[customer.ID] = true
			}
			p, m := list.Pagination, list.Meta.Page
			if p.Page != page || p.PageSize != 30 || m.PageOffset != page-1 || m.Count != p.Records || m.HasMore != p.HasMorePages {
				return check.That(false, "page %d says %+v %+v", page, p, m)
			}
			if !p.HasMorePages {
				return check.That(len(seen) == p.Records && page == p.Pages && page > 1, "%d seen on %d pages, %d told", len(seen), page, p.Records)
			}
		}
	})
	checks.Run("lists: fifty a page unless told, a hundred at most", func() error {
		plain, err := d.Customers.List(ctx, nil)
		if err != nil {
			return err
		}
		wide, err := d.Customers.List(ctx, query("pageSize", "5000"))
		if err != nil {
			return err
		}
		return check.That(plain.Pagination.PageSize == 50 && len(plain.Customers) == 50 && wide.Pagination.PageSize == 100 && len(wide.Customers) == 100,
			"%d and %d", plain.Pagination.PageSize, wide.Pagination.PageSize)
	})
	checks.Run("lists: a page past the end is empty", func() error {
		list, err := d.Companies.List(ctx, query("page", "100000"))
		if err != nil {
			return err
		}
		return check.That(len(list.Companies) == 0 && !list.Pagination.HasMorePages && list.Pagination.Records > 0, "%+v", list.Pagination)
	})
	checks.Run("lists: ordered by updatedAt from a moment on", func() error {
		since := time.Now().UTC().Add(-time.Hour).Format(time.RFC3339)
		list, err := d.Customers.List(ctx, query("filter", client.NewFilter().Gte("updatedAt", since).Build(), "orderBy", "updatedAt", "orderMode", "asc"))
		if err != nil {
			return err
		}
		var before time.Time
		for _, customer := range list.Customers {
			if customer.UpdatedAt.Before(before) || customer.UpdatedAt.Nanosecond() != 0 {
				return check.That(false, "customer %d is out of order or has fractions", customer.ID)
			}
			before = *customer.UpdatedAt
		}
		return check.That(len(list.Customers) > 0, "nothing changed within an hour")
	})
	checks.Run("lists: includes bring companies and contacts of the page only", func() error {
		list, err := d.Customers.List(ctx, query("includes", "companies,contacts", "pageSize", "10"))
		if err != nil {
			return err
		}
		contacts := 0
		for _, customer := range list.Customers {
			contacts += len(customer.Contacts)
		}
		bare, err := d.Customers.List(ctx, query("pageSize", "10"))
		return check.First(err, check.That(len(list.Included.Contacts) == contacts && contacts > 0, "%d of %d contacts", len(list.Included.Contacts), contacts),
			check.That(len(bare.Included.Contacts) == 0, "contacts came unasked"))
	})
	checks.Run("lists: broken or unknown filters are refused", func() error {
		for _, filter := range []string{`{"name":`, `{"noSuchField":1}`, `{"name":{"$regex":"x"}}`, `{"$not":[]}`} {
			_, err := d.Companies.List(ctx, query("filter", filter))
			if refusal := check.Refused(err, "400"); refusal != nil {
				return refusal
			}
		}
		return nil
	})
	checks.Run("users: list and get", func() error {
		list, err := d.Users.List(ctx, nil)
		if err != nil {
			return err
		}
		if len(list.Users) == 0 {
			return check.That(false, "no users")
		}
		got, err := d.Users.Get(ctx, list.Users[0].ID, nil)
		return check.First(err, check.That(err != nil || got.User.Email != nil && *got.User.Email == *list.Users[0].Email, "another user came back"))
	})
}
