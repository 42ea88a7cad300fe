// Package check runs named checks, prints a line for each and ends the process with the true code.
package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

// Checks counts what passed and what failed.
type Checks struct {
	api            string
	passed, failed int
}

// New starts the checks of one API; the name opens every line.
func New(api string) *Checks { return &Checks{api: api} }

// Run does one check; an error is a failure.
func (c *Checks) Run(name string, body func() error) {
	if err := body(); err != nil {
		c.failed++
		fmt.Printf("%s FAILED %s: %v\n", c.api, name, err)
		return
	}
	c.passed++
	fmt.Printf("%s ok     %s\n", c.api, name)
}

// End prints the counts and exits 1 when something failed.
func (c *Checks) End() {
	fmt.Printf("%d passed, %d failed\n", c.passed, c.failed)
	if c.failed > 0 {
		os.Exit(1)
	}
	os.Exit(0)
}

// That gives an error with the told words unless the condition holds.
func That(condition bool, format string, values ...any) error {
	if condition {
		return nil
	}
	return fmt.Errorf(format, values...)
}

// First gives the first error among several.
func First(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// Refused wants an error that carries every one of the words.
func Refused(err error, words ...string) error {
	if err == nil {
		return errors.New("the call was accepted")
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			return fmt.Errorf("the error lacks %q: %v", word, err)
		}
	}
	return nil
}

// Setting reads a required environment variable.
func Setting(name string) string {
	value := os.Getenv(name)
	if value == "" {
		fmt.Fprintf(os.Stderr, "%s is not set; test/sdk/run sets it\n", name)
		os.Exit(2)
	}
	return value
}

// Control calls one of the sandbox's own controls.
func Control(base, method, path string, body any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	status, answer, err := Send(method, base+"/sandbox/"+path, "", string(encoded))
	if err != nil {
		return err
	}
	return That(status < 300, "%s %s answered %d: %s", method, path, status, answer)
}

// Send makes a plain call where an SDK has no function for it.
func Send(method, url, token, body string) (int, string, error) {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(answer), err
}
