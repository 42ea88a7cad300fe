module teamwork-desk-sync/test/sdk

go 1.26.0

require (
	github.com/teamwork/desksdkgo v1.1.0
	github.com/teamwork/twapi-go-sdk v1.20.9
)

require (
	github.com/sonh/qs v0.6.4 // indirect
	golang.org/x/sys v0.47.0 // indirect
)
