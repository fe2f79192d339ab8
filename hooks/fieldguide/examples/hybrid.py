"""The worked example of the page on hybrid models: what a picture costs to draw."""

PATCHES = 64
LAYERS = 12
STEPS = 10
BLOCKS = 4
SPLITS = ((4, 8), (8, 4), (10, 2))


def layer_runs(once: int, repeated: int, steps: int) -> int:
    """Layer runs for one block: one conditioning pass, then the partial denoising passes."""
    return once + steps * repeated


def cost(patches: int, blocks: int, runs: int) -> tuple[int, int]:
    """Work (layer runs times patches) and waiting (layer runs that must follow one another)."""
    return patches * runs, blocks * runs


def affordable_steps(budget: int, once: int, repeated: int) -> int:
    """The denoising steps that a budget of layer runs for one block pays for."""
    return (budget - once) // repeated


def values() -> dict[str, str]:
    """The numbers of the example as the page prints them."""
    budget = layer_runs(8, 4, STEPS)
    auto_work, auto_wait = cost(PATCHES, PATCHES, LAYERS)
    diffusion_work, diffusion_wait = cost(PATCHES, 1, layer_runs(0, LAYERS, STEPS))
    numbers = {
        "patches": PATCHES,
        "layers": LAYERS,
        "steps": STEPS,
        "blocks": BLOCKS,
        "block_patches": PATCHES // BLOCKS,
        "auto_work": auto_work,
        "auto_wait": auto_wait,
        "diffusion_work": diffusion_work,
        "diffusion_wait": diffusion_wait,
        "diffusion_steps": affordable_steps(budget, 0, LAYERS),
        "budget": budget,
        "quiz_right": layer_runs(6, 2, 5),
        "quiz_all_repeated": layer_runs(0, 8, 5),
        "quiz_sum": 6 + 2 + 5,
        "quiz_swapped": layer_runs(2, 6, 5),
    }
    for once, repeated in SPLITS:
        runs = layer_runs(once, repeated, STEPS)
        work, wait = cost(PATCHES, BLOCKS, runs)
        split = f"{once}_{repeated}"
        numbers[f"work_{split}"] = work
        numbers[f"wait_{split}"] = wait
        numbers[f"steps_{split}"] = affordable_steps(budget, once, repeated)
    return {key: f"{number:,}" for key, number in numbers.items()}
