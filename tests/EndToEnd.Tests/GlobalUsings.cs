global using Fengsui.EndToEnd.Tests.Harness;
global using Fengsui.Support.Processes;
global using Xunit;
global using Xunit.Abstractions;
