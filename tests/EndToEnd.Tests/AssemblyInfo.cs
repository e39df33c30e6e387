// Each test starts real servers and loads them: they share the machine's cores, so one at a time.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
