package main

import (
	"context"
	"encoding/json"
	"net/http"

	twapi "github.com/teamwork/twapi-go-sdk"
	"github.com/teamwork/twapi-go-sdk/projects"

	"teamwork-desk-sync/test/sdk/check"
)

func companies(checks *check.Checks, e *twapi.Engine) {
	ctx := context.Background()
	var id int64
	read := func() (projects.Company, error) {
		got, err := projects.CompanyGet(ctx, e, projects.NewCompanyGetRequest(id))
		return got.Company, err
	}

	checks.Run("companies: create with every field", func() error {
		me, err := projects.UserGetMe(ctx, e, projects.NewUserGetMeRequest())
		if err != nil {
			return err
		}
		made, err := projects.CompanyCreate(ctx, e, projects.CompanyCreateRequest{
			Name: "Lindqvist Möbel AB", AddressOne: new("Storgatan 1"), AddressTwo: new("2 tr"), City: new("Lund"), CountryCode: new("SE"),
			EmailOne: new("hej@lindqvist.test"), EmailTwo: new("b@lindqvist.test"), EmailThree: new("c@lindqvist.test"), Fax: new("1"), Phone: new("2"),
			Profile: new("Since 1911"), State: new("Skåne"), Website: new("https://lindqvist.test"), Zip: new("22100"), ManagerID: &me.User.ID, IndustryID: new(int64(1)),
		})
		if err != nil {
			return err
		}
		id = made.Company.ID
		return check.That(id > 0 && made.Company.Status == "active", "id %d, status %q", id, made.Company.Status)
	})
	checks.Run("companies: get gives what was written, under the read names", func() error {
		company, err := read()
		if err != nil {
			return err
		}
		return check.First(
			check.That(company.Name == "Lindqvist Möbel AB" && company.Website == "https://lindqvist.test" && company.EmailOne == "hej@lindqvist.test", "other values came back"),
			check.That(company.CountryCode == "SE" && company.City == "Lund" && company.Zip == "22100", "address: %q %q %q", company.CountryCode, company.City, company.Zip),
			check.That(company.ManagedBy != nil && company.ManagedBy.ID > 0, "clientManagedBy is missing"),
			check.That(company.Industry != nil && company.Industry.ID == 1, "industry is missing"),
			check.That(company.CreatedAt != nil, "createdAt is missing"))
	})
	checks.Run("companies: a partial update leaves the rest, a null name too", func() error {
		if _, err := projects.CompanyUpdate(ctx, e, projects.CompanyUpdateRequest{Path: projects.CompanyUpdateRequestPath{ID: id}, Phone: new("46 1")}); err != nil {
			return err
		}
		company, err := read()
		return check.First(err, check.That(company.Name == "Lindqvist Möbel AB" && company.Phone == "46 1" && company.Website == "https://lindqvist.test", "something was lost"),
			check.That(company.UpdatedAt != nil, "updatedAt did not move"))
	})
	checks.Run("companies: an emptied text is cleared, a new name kept", func() error {
		updated, err := projects.CompanyUpdate(ctx, e, projects.CompanyUpdateRequest{Path: projects.CompanyUpdateRequestPath{ID: id}, Name: new("Lindqvist AB"), Website: new("")})
		return check.First(err, check.That(err != nil || updated.Company.Name == "Lindqvist AB" && updated.Company.Website == "", "other values came back"))
	})
	checks.Run("companies: a name in use is a conflict, one's own is not", func() error {
		_, create := projects.CompanyCreate(ctx, e, projects.NewCompanyCreateRequest("Lindqvist AB"))
		second, err := projects.CompanyCreate(ctx, e, projects.NewCompanyCreateRequest("Lindqvist Export AB"))
		if err != nil {
			return err
		}
		_, rename := projects.CompanyUpdate(ctx, e, projects.CompanyUpdateRequest{Path: projects.CompanyUpdateRequestPath{ID: second.Company.ID}, Name: new("Lindqvist AB")})
		_, own := projects.CompanyUpdate(ctx, e, projects.CompanyUpdateRequest{Path: projects.CompanyUpdateRequestPath{ID: id}, Name: new("Lindqvist AB")})
		return check.First(refused(create, http.StatusConflict, "Company name already in use"), refused(rename, http.StatusConflict), own)
	})
	checks.Run("companies: an empty name is refused", func() error {
		_, err := projects.CompanyCreate(ctx, e, projects.NewCompanyCreateRequest(""))
		return refused(err, http.StatusBadRequest, `"errors"`)
	})
	checks.Run("companies: an unknown id is 404", func() error {
		_, get := projects.CompanyGet(ctx, e, projects.NewCompanyGetRequest(999999999))
		_, update := projects.CompanyUpdate(ctx, e, projects.NewCompanyUpdateRequest(999999999))
		_, gone := projects.CompanyDelete(ctx, e, projects.NewCompanyDeleteRequest(999999999))
		return check.First(refused(get, http.StatusNotFound), refused(update, http.StatusNotFound), refused(gone, http.StatusNotFound))
	})
	checks.Run("companies: pages cover every company once", func() error {
		seen := map[int64]bool{}
		request := projects.NewCompanyListRequest()
		request.Filters.PageSize = 17
		pages := 0
		for next := &request; next != nil; pages++ {
			list, err := projects.CompanyList(ctx, e, *next)
			if err != nil {
				return err
			}
			for _, company := range list.Companies {
				if seen[company.ID] {
					return check.That(false, "company %d came twice", company.ID)
				}
				seen[company.ID] = true
			}
			next = list.Iterate()
		}
		return check.That(len(seen) > 100 && seen[id] && pages > 5, "%d companies on %d pages", len(seen), pages)
	})
	checks.Run("companies: searchTerm finds by name", func() error {
		list, err := projects.CompanyList(ctx, e, projects.CompanyListRequest{Filters: projects.CompanyListRequestFilters{SearchTerm: "lindqvist"}})
		return check.First(err, check.That(err != nil || len(list.Companies) == 2, "found another number"))
	})
	checks.Run("companies: sparse fields", func() error {
		request := projects.NewCompanyListRequest()
		request.Filters.Fields = projects.CompanyListFields{Companies: []projects.CompanyField{projects.CompanyFieldID, projects.CompanyFieldName}}
		return onlyFields(ctx, e, request, "companies", "id", "name")
	})
	checks.Run("industries: the v1 list", func() error {
		list, err := projects.IndustryList(ctx, e, projects.NewIndustryListRequest())
		return check.First(err, check.That(err != nil || len(list.Industries) > 0 && list.Industries[0].ID > 0, "no industries"))
	})
	checks.Run("companies: a deleted one is gone, its people with it, its name is free", func() error {
		made, err := projects.CompanyCreate(ctx, e, projects.NewCompanyCreateRequest("Kurz & Weg"))
		if err != nil {
			return err
		}
		person, err := projects.UserCreate(ctx, e, projects.UserCreateRequest{FirstName: "Kai", LastName: "Weg", Email: "kai@kurz.test", Type: new("contact"), CompanyID: &made.Company.ID})
		if err != nil {
			return err
		}
		if _, err := projects.CompanyDelete(ctx, e, projects.NewCompanyDeleteRequest(made.Company.ID)); err != nil {
			return err
		}
		_, again := projects.CompanyDelete(ctx, e, projects.NewCompanyDeleteRequest(made.Company.ID))
		_, gone := projects.CompanyGet(ctx, e, projects.NewCompanyGetRequest(made.Company.ID))
		_, anew := projects.CompanyCreate(ctx, e, projects.NewCompanyCreateRequest("Kurz & Weg"))
		kai, err := projects.UserGet(ctx, e, projects.NewUserGetRequest(int64(person.ID)))
		return check.First(refused(again, http.StatusNotFound), refused(gone, http.StatusNotFound), anew, check.That(err != nil || kai.User.Deleted, "the person is still there"))
	})
}

// onlyFields wants the first row of a listing to carry exactly these keys.
func onlyFields[R twapi.HTTPRequester](ctx context.Context, e *twapi.Engine, request R, root string, keys ...string) error {
	resp, err := twapi.ExecuteRaw(ctx, e, request)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body := map[string]json.RawMessage{}
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		return err
	}
	rows := []map[string]any{}
	if err := json.Unmarshal(body[root], &rows); err != nil {
		return err
	}
	if len(rows) == 0 {
		return check.That(false, "no rows")
	}
	for _, key := range keys {
		if _, ok := rows[0][key]; !ok {
			return check.That(false, "%s is missing", key)
		}
	}
	return check.That(len(rows[0]) == len(keys), "%d keys instead of %d", len(rows[0]), len(keys))
}
