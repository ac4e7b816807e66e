pytest_plugins = ["tests.needs"]
