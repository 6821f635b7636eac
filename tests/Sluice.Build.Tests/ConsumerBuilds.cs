using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;

namespace Sluice.Build.Tests;

/// <summary>Consumers' projects in a folder of their own, built in one go by the SDK's own <c>dotnet build</c>: its compiler, not that of the tests.</summary>
public sealed class ConsumerBuilds : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sluice-consumers-").FullName;
    private readonly Lazy<string[]> _output;
    private readonly IReadOnlyList<Consumer> _consumers;

    public ConsumerBuilds()
    {
        _consumers = Consumers.All;
        _output = new Lazy<string[]>(Build);
    }

    /// <summary>All that the builds printed.</summary>
    public IReadOnlyList<string> Output => _output.Value;

    /// <summary>The errors and warnings of one project, with paths from its folder on, each once.</summary>
    internal IReadOnlyList<string> Complaints(Consumer consumer)
    {
        string folder = Path.Combine(_root, consumer.Name) + Path.DirectorySeparatorChar;
        string project = "[" + folder + consumer.Name + ".csproj]";
        return
        [
            .. _output.Value
                .Where(line => line.EndsWith(project, StringComparison.Ordinal) && (line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal)))
                .Select(line => line[..^project.Length].Trim().Replace(folder, "", StringComparison.Ordinal))
                .Distinct(),
        ];
    }

    /// <summary>Whether a project's assembly came out.</summary>
    internal bool HasAssembly(Consumer consumer) => _output.Value.Length >= 0 && Directory.Exists(Path.Combine(_root, consumer.Name, "bin"))
        && Directory.GetFiles(Path.Combine(_root, consumer.Name, "bin"), consumer.Name + ".dll", SearchOption.AllDirectories).Length > 0;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Beside(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);

    private static string ProjectOf(Consumer consumer) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyName>{consumer.Name}</AssemblyName>
            <Nullable>enable</Nullable>
            <SluiceNamespace>Board</SluiceNamespace>
            <WarningsAsErrors>CS9057;CS8785;AD0001</WarningsAsErrors>
            <UseSharedCompilation>false</UseSharedCompilation>
            <NoWarn>$(NoWarn);{consumer.NoWarn}</NoWarn>
            {consumer.Properties}
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{Beside("Sluice.Registers.dll")}" />
            <Analyzer Include="{Beside("Sluice.Registers.Description.dll")}" />
            <Analyzer Include="{Beside("Sluice.Generators.dll")}" />
            <Analyzer Include="{Beside("Sluice.Analyzers.dll")}" />
            <AdditionalFiles Include="*.xml" />
            <CompilerVisibleProperty Include="SluiceNamespace" />
          </ItemGroup>
        </Project>
        """;

    private string[] Build()
    {
        // Nothing above the temporary folder may have a say.
        File.WriteAllText(Path.Combine(_root, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_root, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root, "All.proj"), """
            <Project>
              <ItemGroup><Consumer Include="*/*.csproj" /></ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Consumer)" Targets="Restore" /></Target>
              <Target Name="Build"><MSBuild Projects="@(Consumer)" Targets="Build" ContinueOnError="WarnAndContinue" BuildInParallel="true" /></Target>
            </Project>
            """);
        foreach (Consumer consumer in _consumers)
        {
            string folder = Directory.CreateDirectory(Path.Combine(_root, consumer.Name)).FullName;
            File.WriteAllText(Path.Combine(folder, consumer.Name + ".csproj"), ProjectOf(consumer));
            File.WriteAllText(Path.Combine(folder, "registers.xml"), consumer.Board);
            File.WriteAllText(Path.Combine(folder, "timer.xml"), consumer.Timer);
            File.WriteAllText(Path.Combine(folder, "Driver.cs"), consumer.Code);
            if (consumer.Configuration.Length > 0)
            {
                File.WriteAllText(Path.Combine(folder, ".globalconfig"), "is_global = true\n" + consumer.Configuration + "\n");
            }

            if (consumer.EditorConfiguration.Length > 0)
            {
                File.WriteAllText(Path.Combine(folder, ".editorconfig"), "root = true\n" + consumer.EditorConfiguration + "\n");
            }
        }

        Run("Restore");
        return Run("Build").Split('\n');
    }

    private string Run(string target)
    {
        ProcessStartInfo start = new("dotnet", ["msbuild", "All.proj", "-t:" + target, "-nologo", "-nodeReuse:false", "-m:2", "-v:minimal", "-tl:off"])
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The host's own settings for the tests' build must not leak into this one.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        StringBuilder output = new();
        process.OutputDataReceived += (_, line) => output.Append(line.Data).Append('\n');
        process.ErrorDataReceived += (_, line) => output.Append(line.Data).Append('\n');
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The build of the consumers does not end:\n" + output);
        }

        process.WaitForExit();
        return output.ToString();
    }
}
