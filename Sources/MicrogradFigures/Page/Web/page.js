// The page: its graph, stepped through by the engine in it.

const page = {
  stepper: null,

  async start() {
    const find = id => document.getElementById(id), select = find("language");
    const module = await Engine.compile(find("engine").textContent);
    const root = find("stepper"), still = find("still");
    this.stepper = new Stepper(root, new Engine(module), {
      language: select.value, tools: find("tools"), keys: document,
    });
    this.stepper.show(JSON.parse(find("graph").textContent));
    still?.remove();
    select.addEventListener("change", () => this.speak(select.value));
  },

  /** Changes the language of everything. */
  speak(language) {
    document.documentElement.lang = language;
    document.getElementById("language").value = language;
    document.getElementById("languageName").textContent = { en: "Language", fr: "Langue" }[language];
    this.stepper.language = language;
  },

  /** The picture stays, and a sentence says what is missing. */
  fail(error) {
    const language = document.documentElement.lang, failure = document.getElementById("failure");
    const words = {
      en: "This browser cannot run the engine of the page:", fr: "Ce navigateur ne peut pas exécuter le moteur de la page :",
    };
    failure.textContent = `${words[language]} ${error[language] ?? error.message}`;
    failure.hidden = false;
  },
};

page.ready = page.start().catch(error => page.fail(error));
