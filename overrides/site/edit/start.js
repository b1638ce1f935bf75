// The form at /edit/: what Decap CMS lacks for it, and its start.
import { fileFormat } from "./lossless.js";

/**
 * The libraries of vendor.js, which says nothing of their types.
 * @typedef {{CMS: any, Immutable: any, React: any, YAML: typeof import("yaml")}} Libraries
 */
const { CMS, Immutable, React, YAML } = /** @type {Window & {libraries: Libraries}} */ (
  /** @type {unknown} */ (window)
).libraries;
const h = React.createElement;
// About how many letters a line of a box holds.
const LINE = 34;
// The languages in which Decap CMS is bundled.
const LANGUAGES = ["ko", "en", "de", "es"];

/** A text in every language, side by side; a name that is the same in all has one box. */
class Texts extends React.Component {
  get value() {
    return this.props.value ?? Immutable.Map();
  }

  /** @returns {[name: string, label: string][]} */
  get languages() {
    /** @param {Map<string, string>} language */
    const pair = (language) => [language.get("name"), language.get("label")];
    return this.props.field.get("languages").map(pair).toArray();
  }

  isValid = () => {
    const optional = this.props.field.get("required") === false;
    const texts =
      typeof this.value === "string"
        ? [this.value]
        : this.languages.map(([name]) => this.value.get(name));
    const lacking = texts.filter((text) => !text?.trim()).length;
    if (!lacking || (optional && lacking === texts.length)) return true;
    return { error: { message: this.props.field.get("lacking") } };
  };

  /**
   * @param {string} name
   * @param {string} label
   * @param {string | undefined} value
   * @param {(text: string) => void} change
   */
  box(name, label, value, change) {
    const id = `${this.props.forID}-${name}`;
    const box = h("textarea", {
      id,
      lang: name,
      value: value ?? "",
      rows: Math.ceil((value ?? " ").length / LINE),
      className: this.props.classNameWrapper,
      onFocus: this.props.setActiveStyle,
      onBlur: this.props.setInactiveStyle,
      /** @param {{target: HTMLTextAreaElement}} event */
      // A text of these files is one line.
      onChange: (event) => change(event.target.value.replace(/\s*\n\s*/g, " ")),
    });
    const heading = label && h("label", { htmlFor: id }, label);
    return h("div", { key: name, className: "texts__language" }, heading, box);
  }

  render() {
    const { forID, onChange } = this.props;
    const boxes =
      typeof this.value === "string"
        ? [this.box("same", "", this.value, onChange)]
        : this.languages.map(([name, label]) =>
            this.box(name, label, this.value.get(name), (text) =>
              onChange(this.value.set(name, text)),
            ),
          );
    return h("div", { id: forID, className: "texts" }, boxes);
  }
}

const response = await fetch("config.json");
const config = await response.json();
// Until somebody runs a service for signing in, the page says that it waits.
if (config.backend.base_url || config.local_backend) {
  document.getElementById("told")?.remove();
  const preferred = navigator.languages.map((tag) => tag.split("-")[0]);
  const locale = preferred.find((language) => LANGUAGES.includes(language)) ?? "en";
  CMS.registerWidget("texts", Texts);
  CMS.registerCustomFormat("lossless", "yaml", fileFormat(YAML, config.collections[0].fields));
  CMS.init({ config: { ...config, load_config_file: false, locale } });
}
