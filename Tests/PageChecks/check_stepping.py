"""Checks of the page that steps through a graph."""

import accessibility

READY = "page.stepper?.moment != null && document.querySelector('.stepper svg.picture *') !== null"
PROGRESS = "page.stepper.moment.step"


def describe(page):
    """The state of the page, for those who read a failure."""
    return page.evaluate("`step ${page.stepper?.moment?.step}: ${document.querySelector('.stepper .sentence')?.textContent} ${document.getElementById('failure')?.textContent}`")


def opened(checks, **look):
    return checks.opened(checks.stepping, READY, "the stepping page", **look)


def button(name):
    return f"[data-label={name}], [data-word={name}]"


def stepping_page_opens(checks):
    with opened(checks) as page:
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        print("     first contentful paint " + ("not reported" if paint is None else f"{paint:.0f} ms"))
        checks.expect("a title", page.evaluate("document.title.length > 2"))
        checks.expect("the first sentence", page.evaluate("document.querySelector('.sentence').textContent.length > 10"))


def stepping_page_steps(checks):
    """Each button, each key, the slider, the leaves, the boxes, the language."""
    with opened(checks) as page:
        steps = page.evaluate("page.stepper.moment.steps")
        sentence = "document.querySelector('.stepper .sentence').textContent"
        for what, expected in [("next", 1), ("next", 2), ("back", 1), ("last", steps), ("first", 0)]:
            page.click(button(what))
            checks.expect(f"the step after {what}", page.evaluate(PROGRESS), expected)
        first = page.evaluate(sentence)
        page.evaluate("document.activeElement.blur()")
        for key, expected in [("ArrowRight", 1), ("ArrowLeft", 0), ("End", steps), ("Home", 0)]:
            page.press(key)
            checks.expect(f"the step after {key}", page.evaluate(PROGRESS), expected)
        checks.expect("the sentence at the start again", page.evaluate(sentence), first)
        page.evaluate("(() => { const slider = document.querySelector('.steps input'); slider.value = 3; slider.dispatchEvent(new Event('input', { bubbles: true })); })()")
        checks.expect("the step of the slider", page.evaluate(PROGRESS), 3)
        numbers = "JSON.stringify([...document.querySelectorAll('.stepper svg text')].map(({ textContent }) => textContent).sort())"
        page.press("End")
        before = page.evaluate(numbers)
        page.evaluate("(() => { const leaf = document.querySelector('[data-leaf]'); leaf.value = '0.625'; leaf.dispatchEvent(new Event('input', { bubbles: true })); })()")
        checks.expect("an edited leaf changes numbers", page.evaluate(numbers) != before)
        page.evaluate("(() => { const leaf = document.querySelector('[data-leaf]'); leaf.value = ''; leaf.dispatchEvent(new Event('input', { bubbles: true })); })()")
        checks.expect("no number is refused", page.evaluate("document.querySelector('[data-leaf]').getAttribute('aria-invalid')"), "true")
        page.click(button("reset"))
        checks.expect("the numbers after a reset", page.evaluate(numbers), before)
        for name in ["smaller", "larger", "fit", "fold"]:
            if page.evaluate(f"document.querySelector('{button(name)}')?.hidden === false"):
                page.click(button(name))
        for language in ["fr", "en"]:
            page.evaluate(f"(() => {{ const select = document.getElementById('language'); select.value = '{language}'; select.dispatchEvent(new Event('change')); }})()")
            checks.expect("the language", page.evaluate("document.documentElement.lang"), language)
            checks.expect("a word of the language", page.evaluate("document.querySelector('[data-word=fit]').textContent"), {"fr": "Tout afficher", "en": "Show all"}[language])


def stepping_page_is_accessible(checks):
    if accessibility.axe() is None:
        return
    with opened(checks) as page:
        for width, dark, language in [(390, False, "en"), (1280, True, "fr"), (1920, False, "fr"), (390, True, "fr"), (1280, False, "en")]:
            page.look(width, 900, dark)
            page.evaluate(f"page.speak('{language}')")
            page.click(button("next"))
            page.browser.pump(0.1)
            situation = f"{width} wide, {'dark' if dark else 'light'}, {language}"
            checks.expect(f"violations: {situation}", accessibility.violations(page), [])
            checks.expect(f"nothing scrolls sideways: {situation}", page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


ALL = [stepping_page_opens, stepping_page_steps, stepping_page_is_accessible]
