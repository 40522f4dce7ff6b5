package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	jsonpatch "github.com/evanphx/json-patch/v5"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	luajson "layeh.com/gopher-json"
)

// The Lua scripts for one kind, laid out as in the repository of Argo CD.
type customization struct {
	folder            string
	health, discovery string
}

type health struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

// An action that is offered for an object, and what it would do.
type action struct {
	Disabled bool            `json:"disabled"`
	Object   json.RawMessage `json:"object"`
	Patch    json.RawMessage `json:"patch"`
}

func readCustomization(folder string) (c customization, err error) {
	c.folder = folder
	if c.health, err = readScript(filepath.Join(folder, "health.lua")); err != nil {
		return c, err
	}
	c.discovery, err = readScript(filepath.Join(folder, "actions", "discovery.lua"))
	return c, err
}

func readScript(file string) (string, error) {
	text, err := os.ReadFile(file)
	return string(text), err
}

func (c customization) healthOf(object *unstructured.Unstructured) (health, error) {
	answer, err := execute(c.health, object)
	if err != nil {
		return health{}, fmt.Errorf("health.lua: %w", err)
	}
	var result health
	return result, json.Unmarshal(answer, &result)
}

func (c customization) actionsOn(object *unstructured.Unstructured) (map[string]action, error) {
	answer, err := execute(c.discovery, object)
	if err != nil {
		return nil, fmt.Errorf("discovery.lua: %w", err)
	}
	actions := map[string]action{}
	if string(answer) == "[]" { // What an empty table looks like.
		return actions, nil
	}
	if err := json.Unmarshal(answer, &actions); err != nil {
		return nil, err
	}
	for name, offered := range actions {
		if offered, err = c.outcome(name, offered, object); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		actions[name] = offered
	}
	return actions, nil
}

// What Argo CD sends after an action: a merge patch from the object as it was to what came back.
func (c customization) outcome(name string, offered action, object *unstructured.Unstructured) (action, error) {
	script, err := readScript(filepath.Join(c.folder, "actions", name, "action.lua"))
	if err != nil {
		return offered, err
	}
	answer, err := execute(script, object)
	if err != nil {
		return offered, err
	}
	var changed map[string]any
	if err := json.Unmarshal(answer, &changed); err != nil {
		return offered, err
	}
	before, err := json.Marshal(object.Object)
	if err != nil {
		return offered, err
	}
	if offered.Object, err = json.Marshal(withEmptyObjects(changed, object.Object)); err != nil {
		return offered, err
	}
	offered.Patch, err = jsonpatch.CreateMergePatch(before, offered.Object)
	return offered, err
}

// Lua has one kind of empty table, which comes back as a list: where there was an object, it still is one.
func withEmptyObjects(changed, before any) any {
	switch now := changed.(type) {
	case map[string]any:
		if then, ok := before.(map[string]any); ok {
			for key := range now {
				now[key] = withEmptyObjects(now[key], then[key])
			}
		}
	case []any:
		switch then := before.(type) {
		case map[string]any:
			if len(now) == 0 {
				return then
			}
		case []any:
			for i := range min(len(now), len(then)) {
				now[i] = withEmptyObjects(now[i], then[i])
			}
		}
	}
	return changed
}

// Runs a script with the object as obj, and returns its answer as JSON. Argo CD gives scripts from
// argocd-cm little more than the base library, so that is all they get here.
func execute(script string, object *unstructured.Unstructured) ([]byte, error) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	state.Push(state.NewFunction(lua.OpenBase))
	state.Call(0, 0)
	text, err := object.MarshalJSON()
	if err != nil {
		return nil, err
	}
	value, err := luajson.Decode(state, text)
	if err != nil {
		return nil, err
	}
	state.SetGlobal("obj", value)
	if err := state.DoString(script); err != nil {
		return nil, err
	}
	return luajson.Encode(state.Get(-1))
}
