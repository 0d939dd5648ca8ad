// Below this width a grid of ten columns helps nobody: the board becomes cards.
const query = matchMedia('(max-width: 899px)');

class Viewport {
  narrow = $state(query.matches);

  constructor() {
    query.addEventListener('change', (event) => (this.narrow = event.matches));
  }
}

export const viewport = new Viewport();
