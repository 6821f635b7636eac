using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Sluice.Hosting.Tests.Qtest;

/// <summary>The connection against a peer that answers whatever it is told to.</summary>
public sealed class QtestConnectionTests
{
    [Fact]
    public void A_peer_that_does_not_answer_is_a_timeout_with_how_long()
    {
        using Peer peer = new(TimeSpan.FromMilliseconds(50));
        HostingException error = Assert.Throws<HostingException>(() => peer.Connection.Read(0x1000, 4));
        Assert.Equal(HostingFailure.Timeout, error.Reason);
        Assert.Contains("0.05 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_that_closes_is_closed_with_its_last_words()
    {
        using Peer peer = new(TimeSpan.FromSeconds(5));
        peer.Close();
        HostingException error = Assert.Throws<HostingException>(() => peer.Connection.Read(0x1000, 4));
        Assert.Equal(HostingFailure.Closed, error.Reason);
        Assert.Contains("last words", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FAIL Unknown command 'x'\n", HostingFailure.Protocol)]
    [InlineData("OK\n", HostingFailure.Protocol)]
    [InlineData("OK 0xzz\n", HostingFailure.Protocol)]
    [InlineData("HTTP/1.1 400 Bad Request\n", HostingFailure.Protocol)]
    public void An_answer_that_is_none_is_quoted(string answer, HostingFailure reason)
    {
        using Peer peer = new(TimeSpan.FromSeconds(5));
        peer.Say(answer);
        HostingException error = Assert.Throws<HostingException>(() => peer.Connection.Read(0x1000, 4));
        Assert.Equal(reason, error.Reason);
    }

    [Fact]
    public void Interrupt_lines_that_change_between_answers_are_known()
    {
        using Peer peer = new(TimeSpan.FromSeconds(5));
        peer.Say("IRQ raise 35\nOK 0x12\n");
        Assert.Equal(0x12UL, peer.Connection.Read(0, 1));
        Assert.True(peer.Connection.IsRaised(35));
        peer.Say("IRQ lower 35\nOK 0x0\n");
        _ = peer.Connection.Read(0, 1);
        Assert.False(peer.Connection.IsRaised(35));
    }

    [Fact]
    public void A_program_that_is_not_installed_is_absent_with_what_to_install()
    {
        HostingException error = Assert.Throws<HostingException>(() => QtestMachine.Start(new QtestOptions { Program = "qemu-system-none" }));
        Assert.Equal(HostingFailure.Absent, error.Reason);
        Assert.Contains("qemu-system-arm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_may_not_be_executed_is_not_permitted_and_named()
    {
        string program = Path.GetTempFileName();
        try
        {
            HostingException error = Assert.Throws<HostingException>(() => QtestMachine.Start(new QtestOptions { Program = program }));
            Assert.Equal(HostingFailure.Permission, error.Reason);
            Assert.StartsWith($"qtest: {program} cannot be started", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(program);
        }
    }

    private sealed class Peer : IDisposable
    {
        private readonly Socket _far;
        private readonly string _folder = Directory.CreateTempSubdirectory("sluice-").FullName;

        public Peer(TimeSpan patience)
        {
            UnixDomainSocketEndPoint place = new(Path.Combine(_folder, "socket"));
            using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(place);
            listener.Listen(1);
            Socket near = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            near.Connect(place);
            _far = listener.Accept();
            Connection = new QtestConnection(near, patience, () => "last words");
        }

        public QtestConnection Connection { get; }

        public void Say(string text) => _far.Send(Encoding.ASCII.GetBytes(text));

        public void Close() => _far.Dispose();

        public void Dispose()
        {
            Connection.Dispose();
            _far.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
