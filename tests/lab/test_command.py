from typer.testing import CliRunner

from plegma.cli.lab import lab


def test_list_names_each_scenario_with_its_cause():
    said = CliRunner().invoke(lab, ["list"]).stdout
    assert "cni-plugin-hang-or-lock: A CNI plugin never returns" in said


def test_show_says_what_helps_for_now_and_for_good():
    said = CliRunner().invoke(lab, ["show", "memo"]).stdout
    assert "for now in `plegma lab play`: delete-pod, restart-kubelet\n" in said
    assert "for good in `plegma lab play`: upgrade-libcni, replace-plugin\n" in said


def test_run_writes_the_folder_and_says_what_it_wrote(tmp_path):
    said = CliRunner().invoke(lab, ["run", "quota", "--out", str(tmp_path), "--profile", "v1.12", "--carrier", "syslog"])
    assert said.exit_code == 0
    assert (tmp_path / "truth.json").exists()
    assert list(tmp_path.glob("*/messages"))
    assert len(said.stdout.splitlines()) == sum(p.is_file() for p in tmp_path.rglob("*"))


def test_an_unknown_scenario_or_zone_is_wrong_usage(tmp_path):
    runner = CliRunner()
    assert runner.invoke(lab, ["show", "nothing"]).exit_code == 2
    assert runner.invoke(lab, ["run", "quota", "--out", str(tmp_path), "--zone", "MOON"]).exit_code == 2


def test_cases_writes_as_many_folders_as_asked_each_with_its_truth(tmp_path):
    said = CliRunner().invoke(lab, ["cases", "--out", str(tmp_path), "--count", "3", "--seed", "9"])
    assert said.exit_code == 0
    assert len(list(tmp_path.glob("*/truth.json"))) == 3
    assert said.stdout.startswith("3 cases below")
