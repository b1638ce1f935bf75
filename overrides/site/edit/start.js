/* The form editor at /edit/: what Decap CMS lacks for it, and its start. */
"use strict";

(() => {
  const { CMS, Immutable, React } = window.libraries;
  const h = React.createElement;
  // About how many letters a line of a box holds.
  const LINE = 34;

  /* A text in every language, side by side; a name that is the same in all has one box. */
  class Texts extends React.Component {
    get value() {
      return this.props.value ?? Immutable.Map();
    }

    isValid = () => {
      const optional = this.props.field.get("required") === false;
      const texts = typeof this.value === "string" ? [this.value] : this.languages.map(([name]) => this.value.get(name));
      const lacking = texts.filter(text => !text || !text.trim()).length;
      if (!lacking || (optional && lacking === texts.length)) return true;
      return { error: { message: this.props.field.get("lacking") } };
    };

    get languages() {
      return this.props.field.get("languages").map(one => [one.get("name"), one.get("label")]).toArray();
    }

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
        // A text of these files is one line.
        onChange: event => change(event.target.value.replace(/\s*\n\s*/g, " ")),
      });
      return h("div", { key: name, className: "texts__language" }, label && h("label", { htmlFor: id }, label), box);
    }

    render() {
      const { onChange } = this.props;
      const boxes = typeof this.value === "string"
        ? [this.box("same", "", this.value, onChange)]
        : this.languages.map(([name, label]) =>
            this.box(name, label, this.value.get(name), text => onChange(this.value.set(name, text))));
      return h("div", { id: this.props.forID, className: "texts" }, boxes);
    }
  }

  async function start() {
    const config = await (await fetch("config.json")).json();
    if (!config.backend.base_url && !config.local_backend) return;
    document.getElementById("told").remove();
    const language = navigator.languages.map(one => one.split("-")[0]).find(one => ["ko", "en", "de", "es"].includes(one));
    const [cities] = config.collections;
    CMS.registerWidget("texts", Texts);
    CMS.registerCustomFormat("lossless", "yaml", {
      fromFile: text => window.lossless.fromFile(text, cities.fields),
      toFile: values => window.lossless.toFile(values, cities.fields),
    });
    CMS.init({ config: { ...config, load_config_file: false, locale: language ?? "en" } });
  }

  start();
})();
