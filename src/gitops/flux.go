package main

import (
	"context"
	"fmt"
	"os"

	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// The health check expressions for one kind.
type healthCheck struct {
	evaluator *cel.StatusEvaluator
}

func readHealthCheck(file, apiVersion, kind string) (healthCheck, error) {
	var kustomization struct {
		Spec struct {
			HealthCheckExprs []kustomize.CustomHealthCheck `json:"healthCheckExprs"`
		} `json:"spec"`
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return healthCheck{}, err
	}
	if err := yaml.Unmarshal(text, &kustomization); err != nil {
		return healthCheck{}, fmt.Errorf("%s: %w", file, err)
	}
	for _, check := range kustomization.Spec.HealthCheckExprs {
		if check.APIVersion == apiVersion && check.Kind == kind {
			evaluator, err := cel.NewStatusEvaluator(&check.HealthCheckExpressions)
			return healthCheck{evaluator}, err
		}
	}
	return healthCheck{}, fmt.Errorf("%s has no health check for %s of %s", file, kind, apiVersion)
}

func (c healthCheck) statusOf(job *unstructured.Unstructured) (string, error) {
	result, err := c.evaluator.Evaluate(context.Background(), job)
	if err != nil {
		return "", err
	}
	return result.Status.String(), nil
}
