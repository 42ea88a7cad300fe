// Runs Teamwork's own Teamwork.com SDK, unchanged, against the sandbox.
package main

import (
	"context"
	"errors"

	twapi "github.com/teamwork/twapi-go-sdk"
	"github.com/teamwork/twapi-go-sdk/projects"
	"github.com/teamwork/twapi-go-sdk/session"

	"teamwork-desk-sync/test/sdk/check"
)

func engine(host, token string) *twapi.Engine {
	return twapi.NewEngine(session.NewBearerToken(token, host))
}

// refused wants the SDK's own HTTP error with this status and words in its body.
func refused(err error, status int, words ...string) error {
	var answer *twapi.HTTPError
	if !errors.As(err, &answer) {
		return check.That(false, "no HTTP error: %v", err)
	}
	return check.First(check.That(answer.StatusCode == status, "status %d: %s", answer.StatusCode, answer.Details), check.Refused(err, words...))
}

func main() {
	host, token, other := check.Setting("SANDBOX_URL"), check.Setting("SANDBOX_TOKEN"), check.Setting("SANDBOX_OTHER_TOKEN")
	e := engine(host, token)
	checks := check.New("teamwork")
	checks.Run("me: the token's own user", func() error {
		me, err := projects.UserGetMe(context.Background(), e, projects.NewUserGetMeRequest())
		if err != nil {
			return err
		}
		return check.That(me.User.ID > 0 && me.User.InOwnerCompany && me.User.Company.ID > 0, "id %d, in owner company %v", me.User.ID, me.User.InOwnerCompany)
	})
	companies(checks, e)
	people(checks, e)
	access(checks, e, host, token, other)
	checks.End()
}
