package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/teamwork/desksdkgo/client"
	"github.com/teamwork/desksdkgo/models"

	"teamwork-desk-sync/test/sdk/check"
)

func contact(value string, main bool) models.Contact {
	return models.Contact{BaseEntity: models.BaseEntity{Type: "email"}, Value: text(value), IsMain: flag(main)}
}

func newCustomer(first, email string) *models.CustomerResponse {
	return &models.CustomerResponse{Customer: models.Customer{FirstName: text(first), Email: text(email)}}
}

// found gives the ids of the customers that satisfy the filter.
func found(d *desk, filter *client.FilterBuilder) ([]int, error) {
	list, err := d.Customers.List(context.Background(), query("filter", filter.Build(), "orderBy", "id", "orderMode", "asc"))
	if err != nil {
		return nil, err
	}
	ids := []int{}
	for _, customer := range list.Customers {
		ids = append(ids, customer.ID)
	}
	return ids, nil
}

// foundOnly wants exactly this customer.
func foundOnly(d *desk, filter *client.FilterBuilder, id int) error {
	ids, err := found(d, filter)
	return check.First(err, check.That(len(ids) == 1 && ids[0] == id, "%s found %v, not %d", filter.Build(), ids, id))
}

func customers(checks *check.Checks, d *desk) {
	ctx := context.Background()
	var id, companyID int

	checks.Run("customers: an email alone makes one with that main email", func() error {
		made, err := d.Customers.Create(ctx, newCustomer("Ines", "ines@lone.test"))
		if err != nil {
			return err
		}
		id = made.Customer.ID
		got, err := d.Customers.Get(ctx, id, nil)
		if err != nil {
			return err
		}
		return check.First(
			check.That(*got.Customer.Email == "ines@lone.test" && *got.Customer.FirstName == "Ines", "other values came back"),
			check.That(got.Customer.NumTickets != nil && *got.Customer.NumTickets == 0, "numTickets is missing"),
			check.That(got.Customer.AvatarURL != nil && *got.Customer.AvatarURL != "", "no default picture"),
			check.That(len(got.Customer.Contacts) == 1 && len(got.Included.Contacts) == 1, "contacts: %d, included: %d", len(got.Customer.Contacts), len(got.Included.Contacts)),
			check.That(*got.Included.Contacts[0].IsMain && *got.Included.Contacts[0].Value == "ines@lone.test", "the contact is not the main email"),
		)
	})
	checks.Run("customers: a partial update leaves the rest", func() error {
		updated, err := d.Customers.Update(ctx, id, &models.CustomerResponse{Customer: models.Customer{LastName: text("Duarte")}})
		if err != nil {
			return err
		}
		customer := updated.Customer
		return check.That(*customer.FirstName == "Ines" && *customer.LastName == "Duarte" && *customer.Email == "ines@lone.test" && len(customer.Contacts) == 1, "something was lost")
	})
	checks.Run("customers: included contacts are added, the others stay", func() error {
		updated, err := d.Customers.Update(ctx, id, &models.CustomerResponse{Included: models.IncludedData{Contacts: []models.Contact{contact("ines.d@lone.test", false)}}})
		if err != nil {
			return err
		}
		return check.First(check.That(len(updated.Customer.Contacts) == 2, "contacts: %d", len(updated.Customer.Contacts)),
			foundOnly(d, client.NewFilter().Eq("contacts.value", "INES.D@lone.test"), id))
	})
	checks.Run("customers: another main email clears the first", func() error {
		if _, err := d.Customers.Update(ctx, id, &models.CustomerResponse{Included: models.IncludedData{Contacts: []models.Contact{contact("ines.new@lone.test", true)}}}); err != nil {
			return err
		}
		got, err := d.Customers.Get(ctx, id, nil)
		if err != nil {
			return err
		}
		mains := 0
		for _, one := range got.Included.Contacts {
			if *one.IsMain {
				mains++
			}
		}
		return check.That(mains == 1 && *got.Customer.Email == "ines.new@lone.test" && len(got.Customer.Contacts) == 3, "%d main emails of %d", mains, len(got.Customer.Contacts))
	})
	checks.Run("customers: a taken email is refused, primary or alternative", func() error {
		for _, email := range []string{"ines.new@lone.test", "Ines@Lone.test"} {
			_, err := d.Customers.Create(ctx, newCustomer("Double", email))
			if refusal := check.Refused(err, "400", `"errors"`); refusal != nil {
				return refusal
			}
		}
		return nil
	})
	checks.Run("customers: a malformed email is refused in the library's words", func() error {
		_, err := d.Customers.Create(ctx, newCustomer("Bad", "no-at-sign"))
		return check.Refused(err, "400", "must be a valid email address")
	})
	checks.Run("customers: joins a company through included, found by its id and name", func() error {
		company, err := d.Companies.Create(ctx, newCompany("Quay Street Studio", "quay-street.test"))
		if err != nil {
			return err
		}
		companyID = company.Company.ID
		joined, err := d.Customers.Update(ctx, id, &models.CustomerResponse{Included: models.IncludedData{Companies: []models.Company{{BaseEntity: models.BaseEntity{ID: companyID}}}}})
		if err != nil {
			return err
		}
		return check.First(check.That(joined.Customer.ID == id, "another record came back"),
			foundOnly(d, client.NewFilter().Eq("companies.id", companyID), id),
			foundOnly(d, client.NewFilter().In("companies.id", []any{fmt.Sprint(companyID)}), id),
			foundOnly(d, client.NewFilter().In("companies.name", []any{"Quay Street Studio"}), id))
	})
	checks.Run("customers: an email of a company's domain joins that company", func() error {
		made, err := d.Customers.Create(ctx, newCustomer("Odo", "odo@quay-street.test"))
		if err != nil {
			return err
		}
		return foundOnly(d, client.NewFilter().Eq("companies.id", companyID).Ne("id", id), made.Customer.ID)
	})
	checks.Run("customers: a new domain pulls in those who were there", func() error {
		made, err := d.Customers.Create(ctx, newCustomer("Pia", "pia@late-domain.test"))
		if err != nil {
			return err
		}
		late, err := d.Companies.Create(ctx, newCompany("Late Domain SA", "late-domain.test"))
		if err != nil {
			return err
		}
		return foundOnly(d, client.NewFilter().Eq("companies.id", late.Company.ID), made.Customer.ID)
	})
	checks.Run("customers: get with includes=companies brings the company", func() error {
		got, err := d.Customers.Get(ctx, id, (&client.GetOptions{Includes: "companies"}).Values())
		if err != nil {
			return err
		}
		return check.That(len(got.Included.Companies) == 1 && got.Included.Companies[0].ID == companyID && len(got.Included.Contacts) == 0, "included: %d companies", len(got.Included.Companies))
	})
	checks.Run("customers: an unknown id is 404", func() error {
		_, getErr := d.Customers.Get(ctx, 999999999, nil)
		_, putErr := d.Customers.Update(ctx, 999999999, newCustomer("Nobody", "nobody@lone.test"))
		return check.First(check.Refused(getErr, "404"), check.Refused(putErr, "404"))
	})
	checks.Run("customers: a deleted one is gone, its company's other people stay", func() error {
		made, err := d.Customers.Create(ctx, newCustomer("Brief", "brief@quay-street.test"))
		if err != nil {
			return err
		}
		status, _, err := check.Send(http.MethodDelete, fmt.Sprintf("%s/customers/%d.json", d.base, made.Customer.ID), d.token, "")
		if err != nil || status >= 300 {
			return fmt.Errorf("DELETE answered %d: %v", status, err)
		}
		_, gone := d.Customers.Get(ctx, made.Customer.ID, nil)
		left, err := found(d, client.NewFilter().Eq("companies.id", companyID))
		return check.First(err, check.Refused(gone, "404"), check.That(len(left) == 2, "left: %v", left),
			foundOnly(d, client.NewFilter().Eq("state", "deleted").Eq("id", made.Customer.ID), made.Customer.ID))
	})
}
