package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/teamwork/desksdkgo/client"
	"github.com/teamwork/desksdkgo/models"

	"teamwork-desk-sync/test/sdk/check"
)

func newCompany(name string, domains ...string) *models.CompanyResponse {
	company := &models.CompanyResponse{Company: models.Company{Name: text(name)}}
	for _, domain := range domains {
		company.Included.Domains = append(company.Included.Domains, models.Domain{Name: text(domain)})
	}
	return company
}

func companies(checks *check.Checks, d *desk) {
	ctx := context.Background()
	var id int

	checks.Run("companies: create with a domain", func() error {
		made, err := d.Companies.Create(ctx, newCompany("Harrow & Vale Ltd", "harrow-vale.test"))
		if err != nil {
			return err
		}
		id = made.Company.ID
		return check.First(
			check.That(id > 0, "no id"),
			check.That(made.Company.State != nil && *made.Company.State == models.StateActive, "the state is not active"),
			check.That(made.Company.CreatedAt != nil && made.Company.CreatedBy != nil, "createdAt or createdBy is missing"),
			check.That(len(made.Company.Domains) == 1 && made.Company.Domains[0].Type == "domains", "the reference to the domain is missing"),
		)
	})
	checks.Run("companies: get brings the included domain", func() error {
		got, err := d.Companies.Get(ctx, id, nil)
		if err != nil {
			return err
		}
		return check.First(
			check.That(*got.Company.Name == "Harrow & Vale Ltd", "another name: %s", *got.Company.Name),
			check.That(len(got.Included.Domains) == 1 && *got.Included.Domains[0].Name == "harrow-vale.test", "included.domains: %d", len(got.Included.Domains)),
		)
	})
	checks.Run("companies: get with sparse fields", func() error {
		got, err := d.Companies.Get(ctx, id, (&client.GetOptions{Fields: "id,name"}).Values())
		if err != nil {
			return err
		}
		return check.That(got.Company.ID == id && got.Company.Name != nil && got.Company.State == nil && got.Company.Website == nil, "other fields came, too")
	})
	checks.Run("companies: a partial update leaves the rest, nulls are not given", func() error {
		if _, err := d.Companies.Update(ctx, id, &models.CompanyResponse{Company: models.Company{Website: text("https://harrow-vale.test")}}); err != nil {
			return err
		}
		updated, err := d.Companies.Update(ctx, id, &models.CompanyResponse{Company: models.Company{Details: text("Met at the fair")}})
		if err != nil {
			return err
		}
		company := updated.Company
		return check.That(*company.Name == "Harrow & Vale Ltd" && *company.Website == "https://harrow-vale.test" && *company.Details == "Met at the fair" && len(company.Domains) == 1, "something was lost")
	})
	checks.Run("companies: an emptied text is cleared", func() error {
		updated, err := d.Companies.Update(ctx, id, &models.CompanyResponse{Company: models.Company{Details: text("")}})
		if err != nil {
			return err
		}
		return check.That(updated.Company.Details != nil && *updated.Company.Details == "", "details is not empty")
	})
	checks.Run("companies: an update with a domain adds it", func() error {
		updated, err := d.Companies.Update(ctx, id, &models.CompanyResponse{Included: models.IncludedData{Domains: []models.Domain{{Name: text("harrow.test")}}}})
		if err != nil {
			return err
		}
		return check.That(len(updated.Company.Domains) == 2, "domains: %d", len(updated.Company.Domains))
	})
	checks.Run("companies: a name in use is refused", func() error {
		_, err := d.Companies.Create(ctx, newCompany("harrow & vale ltd"))
		return check.Refused(err, "400", `"errors"`, `"name"`)
	})
	checks.Run("companies: a domain in use is refused", func() error {
		_, err := d.Companies.Create(ctx, newCompany("Harrow Imports", "HARROW-vale.test"))
		return check.Refused(err, "400", `"errors"`)
	})
	checks.Run("companies: no name is refused", func() error {
		_, err := d.Companies.Create(ctx, &models.CompanyResponse{})
		return check.Refused(err, "400", "must be set")
	})
	checks.Run("companies: an unknown id is 404", func() error {
		_, getErr := d.Companies.Get(ctx, 999999999, nil)
		_, putErr := d.Companies.Update(ctx, 999999999, newCompany("Nobody"))
		return check.First(check.Refused(getErr, "404"), check.Refused(putErr, "404"))
	})
	checks.Run("companies: found by name, domain and kind", func() error {
		for _, filter := range []*client.FilterBuilder{
			client.NewFilter().Eq("name", "Harrow & Vale Ltd"),
			client.NewFilter().In("domains", []any{"harrow.test"}),
			client.NewFilter().Eq("kind", "company").And(client.NewFilter().Gte("id", id), client.NewFilter().Lte("id", id)),
			client.NewFilter().Or(client.NewFilter().Eq("id", id), client.NewFilter().Eq("name", "no such company")),
		} {
			found, err := d.Companies.List(ctx, query("filter", filter.Build()))
			if err != nil {
				return err
			}
			if len(found.Companies) != 1 || found.Companies[0].ID != id || found.Pagination.Records != 1 {
				return fmt.Errorf("%s found %d", filter.Build(), len(found.Companies))
			}
		}
		return nil
	})
	checks.Run("companies: a deleted one is gone, listed as deleted, its name is free", func() error {
		made, err := d.Companies.Create(ctx, newCompany("Short Lived GmbH"))
		if err != nil {
			return err
		}
		status, _, err := check.Send(http.MethodDelete, fmt.Sprintf("%s/companies/%d.json", d.base, made.Company.ID), d.token, "")
		if err != nil || status >= 300 {
			return fmt.Errorf("DELETE answered %d: %v", status, err)
		}
		_, gone := d.Companies.Get(ctx, made.Company.ID, nil)
		deleted, err := d.Companies.List(ctx, query("filter", client.NewFilter().Eq("state", "deleted").Eq("id", made.Company.ID).Build()))
		if err != nil {
			return err
		}
		_, again := d.Companies.Create(ctx, newCompany("Short Lived GmbH"))
		return check.First(check.Refused(gone, "404"), again,
			check.That(len(deleted.Companies) == 1 && *deleted.Companies[0].State == models.StateDeleted, "not listed as deleted"))
	})
}
