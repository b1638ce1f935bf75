// The libraries of the form editor at /edit/, as one file that needs no other (`make editor`):
// Decap CMS with the parts that the form uses, and the YAML library that keeps a file as it was.
import React from "react";
import * as Immutable from "immutable";
import * as YAML from "yaml";
import { DecapCmsCore as CMS } from "decap-cms-core";
import { GitHubBackend } from "decap-cms-backend-github";
import { ProxyBackend } from "decap-cms-backend-proxy";
import list from "decap-cms-widget-list";
import number from "decap-cms-widget-number";
import object from "decap-cms-widget-object";
import select from "decap-cms-widget-select";
import string from "decap-cms-widget-string";
import { de, en, es, ko } from "decap-cms-locales";

CMS.registerBackend("github", GitHubBackend);
// For who tries the form on a repository of their own machine: only `local_backend` calls it.
CMS.registerBackend("proxy", ProxyBackend);
CMS.registerWidget([list, number, object, select, string].map((widget) => widget.Widget()));
for (const [name, words] of Object.entries({ de, en, es, ko })) CMS.registerLocale(name, words);

window.libraries = { CMS, Immutable, React, YAML };
