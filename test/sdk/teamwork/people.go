package main

import (
	"context"
	"net/http"

	twapi "github.com/teamwork/twapi-go-sdk"
	"github.com/teamwork/twapi-go-sdk/projects"

	"teamwork-desk-sync/test/sdk/check"
)

func people(checks *check.Checks, e *twapi.Engine) {
	ctx := context.Background()
	var companyID, id int64
	read := func() (projects.User, error) {
		got, err := projects.UserGet(ctx, e, projects.NewUserGetRequest(id))
		return got.User, err
	}
	find := func(term string) ([]projects.User, error) {
		request := projects.NewUserListRequest()
		request.Filters.SearchTerm = term
		list, err := projects.UserList(ctx, e, request)
		return list.Users, err
	}

	checks.Run("people: create a contact through v1, read it through v3", func() error {
		company, err := projects.CompanyCreate(ctx, e, projects.NewCompanyCreateRequest("Tanaka Kogyo"))
		if err != nil {
			return err
		}
		companyID = company.Company.ID
		made, err := projects.UserCreate(ctx, e, projects.UserCreateRequest{FirstName: "Yuki", LastName: "Tanaka", Email: "Yuki@Tanaka.test", Title: new("Buyer"), Type: new("contact"), CompanyID: &companyID})
		if err != nil {
			return err
		}
		id = int64(made.ID)
		person, err := read()
		return check.First(err,
			check.That(person.FirstName == "Yuki" && person.LastName == "Tanaka" && person.Email == "Yuki@Tanaka.test" && person.Type == "contact", "other values came back"),
			check.That(person.Company.ID == companyID && person.Title != nil && *person.Title == "Buyer" && !person.Deleted && !person.CreatedAt.IsZero(), "company, title or times"))
	})
	checks.Run("people: a partial update leaves the rest", func() error {
		if _, err := projects.UserUpdate(ctx, e, projects.UserUpdateRequest{Path: projects.UserUpdateRequestPath{ID: id}, LastName: new("Tanaka-Ito")}); err != nil {
			return err
		}
		person, err := read()
		return check.First(err, check.That(person.FirstName == "Yuki" && person.LastName == "Tanaka-Ito" && person.Company.ID == companyID && person.UpdatedAt != nil, "something was lost"))
	})
	checks.Run("people: moved to another company", func() error {
		other, err := projects.CompanyCreate(ctx, e, projects.NewCompanyCreateRequest("Ito Trading"))
		if err != nil {
			return err
		}
		if _, err := projects.UserUpdate(ctx, e, projects.UserUpdateRequest{Path: projects.UserUpdateRequestPath{ID: id}, CompanyID: &other.Company.ID}); err != nil {
			return err
		}
		person, err := read()
		return check.First(err, check.That(person.Company.ID == other.Company.ID, "still in company %d", person.Company.ID))
	})
	checks.Run("people: a taken email is refused in any case", func() error {
		_, err := projects.UserCreate(ctx, e, projects.UserCreateRequest{FirstName: "Other", LastName: "Person", Email: "yuki@tanaka.TEST", Type: new("contact"), CompanyID: &companyID})
		return refused(err, http.StatusUnprocessableEntity, `"STATUS"`, `"MESSAGE"`)
	})
	checks.Run("people: a malformed email is refused", func() error {
		_, err := projects.UserCreate(ctx, e, projects.UserCreateRequest{FirstName: "No", LastName: "Sign", Email: "no-at-sign", Type: new("contact"), CompanyID: &companyID})
		return refused(err, http.StatusUnprocessableEntity, `"MESSAGE"`)
	})
	checks.Run("people: without a type it is an account in the caller's company", func() error {
		made, err := projects.UserCreate(ctx, e, projects.NewUserCreateRequest("New", "Colleague", "colleague@agency.test"))
		if err != nil {
			return err
		}
		me, err := projects.UserGetMe(ctx, e, projects.NewUserGetMeRequest())
		if err != nil {
			return err
		}
		got, err := projects.UserGet(ctx, e, projects.NewUserGetRequest(int64(made.ID)))
		return check.First(err, check.That(err != nil || got.User.Type == "account" && got.User.Company.ID == me.User.Company.ID, "another type or company"))
	})
	checks.Run("people: an unknown id is 404", func() error {
		_, get := projects.UserGet(ctx, e, projects.NewUserGetRequest(999999999))
		_, update := projects.UserUpdate(ctx, e, projects.NewUserUpdateRequest(999999999))
		_, gone := projects.UserDelete(ctx, e, projects.NewUserDeleteRequest(999999999))
		return check.First(refused(get, http.StatusNotFound), refused(update, http.StatusNotFound), refused(gone, http.StatusNotFound))
	})
	checks.Run("people: every word of searchTerm must match", func() error {
		both, err := find("yuki tanaka.test")
		if err != nil {
			return err
		}
		none, err := find("yuki nobody")
		return check.First(err, check.That(len(both) == 1 && both[0].ID == id && len(none) == 0, "%d and %d found", len(both), len(none)))
	})
	checks.Run("people: pages cover every person once, types can be told apart", func() error {
		counts := map[projects.UserType]int{}
		for _, kind := range []projects.UserType{"", projects.UserTypeAccount, projects.UserTypeCollaborator, projects.UserTypeContact} {
			request := projects.NewUserListRequest()
			request.Filters.PageSize, request.Filters.Type = 200, kind
			seen := map[int64]bool{}
			for next := &request; next != nil; {
				list, err := projects.UserList(ctx, e, *next)
				if err != nil {
					return err
				}
				for _, person := range list.Users {
					if seen[person.ID] || kind != "" && person.Type != string(kind) {
						return check.That(false, "person %d of type %s is wrong here", person.ID, person.Type)
					}
					seen[person.ID] = true
				}
				next = list.Iterate()
			}
			counts[kind] = len(seen)
		}
		sum := counts[projects.UserTypeAccount] + counts[projects.UserTypeCollaborator] + counts[projects.UserTypeContact]
		return check.That(counts[""] == sum && counts[projects.UserTypeContact] > 0 && counts[""] > 500, "%v", counts)
	})
	checks.Run("people: sparse fields of a list and of one", func() error {
		list := projects.NewUserListRequest()
		list.Filters.Fields = projects.UserListFields{Users: []projects.UserField{projects.UserFieldID, projects.UserFieldEmail}}
		one := projects.NewUserGetRequest(id)
		one.Fields = projects.UserGetFields{User: []projects.UserField{projects.UserFieldID, projects.UserFieldFirstName}}
		got, err := projects.UserGet(ctx, e, one)
		return check.First(onlyFields(ctx, e, list, "people", "id", "email"), err, check.That(got.User.FirstName == "Yuki" && got.User.Email == "", "other fields came, too"))
	})
	checks.Run("people: a deleted one leaves the list", func() error {
		if _, err := projects.UserDelete(ctx, e, projects.NewUserDeleteRequest(id)); err != nil {
			return err
		}
		left, err := find("yuki tanaka.test")
		return check.First(err, check.That(len(left) == 0, "still listed"))
	})
}
