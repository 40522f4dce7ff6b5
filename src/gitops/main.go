// Says what GitOps tools make of AsyncJobs, by the very libraries that these tools are built from.
//
// Usage: gitops RESOURCE_CUSTOMIZATIONS FLUX_KUSTOMIZATION < JOBS
//
// JOBS is a JSON object of jobs by any name; the answer is one of verdicts by the same names.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

// What the tools make of one job.
type verdict struct {
	Health  health            `json:"health"`
	Actions map[string]action `json:"actions"`
	Flux    string            `json:"flux"`
	Kstatus string            `json:"kstatus"`
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(customizations, kustomization string) error {
	argo, err := readCustomization(filepath.Join(customizations, "asyncjob.dev", "AsyncJob"))
	if err != nil {
		return err
	}
	flux, err := readHealthCheck(kustomization, "asyncjob.dev/v1", "AsyncJob")
	if err != nil {
		return err
	}
	var jobs map[string]*unstructured.Unstructured
	if err := json.NewDecoder(os.Stdin).Decode(&jobs); err != nil {
		return err
	}
	verdicts := map[string]verdict{}
	for name, job := range jobs {
		v, err := judge(argo, flux, job)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		verdicts[name] = v
	}
	return json.NewEncoder(os.Stdout).Encode(verdicts)
}

func judge(argo customization, flux healthCheck, job *unstructured.Unstructured) (v verdict, err error) {
	if v.Health, err = argo.healthOf(job); err != nil {
		return v, err
	}
	if v.Actions, err = argo.actionsOn(job); err != nil {
		return v, err
	}
	if v.Flux, err = flux.statusOf(job); err != nil {
		return v, err
	}
	result, err := status.Compute(job)
	if err != nil {
		return v, err
	}
	v.Kstatus = result.Status.String()
	return v, nil
}
